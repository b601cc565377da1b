package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The description of a live response session: files to upload to the library before it, and the commands that the device
 * carries out one after the other. If a command fails, the service skips those after it. Immutable, and not bound to a
 * device.
 *
 * @since 0.1.0
 */
public final class LiveResponseSession {

    private final String comment;
    private final List<FileContent> uploads;
    private final boolean replaceDifferent;
    private final List<LiveResponseCommand> commands;

    private LiveResponseSession(Builder builder) {
        this.comment = builder.comment;
        this.uploads = List.copyOf(builder.uploads);
        this.replaceDifferent = builder.replaceDifferent;
        this.commands = List.copyOf(builder.commands);
    }

    /**
     * Returns a builder without commands.
     *
     * @param comment reason of the session, for example a ticket. It labels the session: a session whose response was
     *     lost is found by it
     * @return a new builder
     * @throws IllegalArgumentException if the comment is blank
     */
    public static Builder builder(String comment) {
        if (comment.isBlank()) {
            throw new IllegalArgumentException("comment must not be blank");
        }
        return new Builder(comment);
    }

    /**
     * Returns the commands in the order in which the device carries them out.
     *
     * @return at least one command
     */
    public List<LiveResponseCommand> commands() {
        return commands;
    }

    List<FileContent> uploads() {
        return uploads;
    }

    boolean replacesDifferent() {
        return replaceDifferent;
    }

    ActionRequest request() {
        return ActionRequest.runLiveResponse(RunLiveResponseRequest.builder()
                .comment(comment)
                .commands(commands)
                .build());
    }

    @Override
    public String toString() {
        return "live response of " + commands.size() + " commands (" + comment + ")";
    }

    /**
     * Builds {@link LiveResponseSession} instances. The service accepts the commands in one order only: files to put,
     * then scripts, then files to get, any number of each.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private static final List<LiveResponseCommandType> ORDER = List.of(
                LiveResponseCommandType.PUT_FILE, LiveResponseCommandType.RUN_SCRIPT, LiveResponseCommandType.GET_FILE);

        private final String comment;
        private final List<FileContent> uploads = new ArrayList<>();
        private final List<LiveResponseCommand> commands = new ArrayList<>();
        private boolean replaceDifferent;

        private Builder(String comment) {
            this.comment = comment;
        }

        /**
         * Uploads a file to the library before the session, unless the library holds the same content under its name.
         * The library is shared by all users of the tenant.
         *
         * @param file a script or another file, at most 20 MB
         * @return this builder
         */
        public Builder upload(FileContent file) {
            uploads.add(Objects.requireNonNull(file, "file"));
            return this;
        }

        /**
         * Sets whether a file of the library that has the name of an uploaded file and another content is replaced.
         *
         * @param value default false: the session is not requested, and the run fails
         * @return this builder
         */
        public Builder replaceDifferent(boolean value) {
            this.replaceDifferent = value;
            return this;
        }

        /**
         * Puts a file of the library on the device. The device deletes it when it restarts.
         *
         * @param fileName name of the file in the library
         * @return this builder
         * @throws IllegalArgumentException if the name is blank, or a script or a file to get was added before
         */
        public Builder putFile(String fileName) {
            return add(LiveResponseCommandType.PUT_FILE, parameter(LiveResponseParamKey.FILE_NAME, fileName));
        }

        /**
         * Runs a script of the library without arguments. The service ends it after ten minutes.
         *
         * @param script name of the script in the library, such as {@code collect-logs.ps1}
         * @return this builder
         * @throws IllegalArgumentException if the name is blank, or a file to get was added before
         */
        public Builder runScript(String script) {
            return add(LiveResponseCommandType.RUN_SCRIPT, parameter(LiveResponseParamKey.SCRIPT_NAME, script));
        }

        /**
         * Runs a script of the library. The service ends it after ten minutes.
         *
         * @param script name of the script in the library, such as {@code collect-logs.ps1}
         * @param arguments arguments of the script as one text
         * @return this builder
         * @throws IllegalArgumentException if the name is blank, or a file to get was added before
         */
        public Builder runScript(String script, String arguments) {
            return add(
                    LiveResponseCommandType.RUN_SCRIPT,
                    parameter(LiveResponseParamKey.SCRIPT_NAME, script),
                    LiveResponseCommandParam.builder()
                            .key(LiveResponseParamKey.ARGS)
                            .value(arguments)
                            .build());
        }

        /**
         * Copies a file from the device to the storage of the service, from which it is downloaded.
         *
         * @param path path of the file on the device
         * @return this builder
         * @throws IllegalArgumentException if the path is blank
         */
        public Builder getFile(String path) {
            return add(LiveResponseCommandType.GET_FILE, parameter(LiveResponseParamKey.PATH, path));
        }

        private Builder add(LiveResponseCommandType type, LiveResponseCommandParam... parameters) {
            if (!commands.isEmpty()) {
                LiveResponseCommandType last = commands.get(commands.size() - 1).type();
                if (ORDER.indexOf(type) < ORDER.indexOf(last)) {
                    throw new IllegalArgumentException(
                            "commands must be in the order " + ORDER + ", but " + type + " was added after " + last);
                }
            }
            commands.add(LiveResponseCommand.builder()
                    .type(type)
                    .params(List.of(parameters))
                    .build());
            return this;
        }

        private static LiveResponseCommandParam parameter(LiveResponseParamKey key, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(key + " must not be blank");
            }
            return LiveResponseCommandParam.builder().key(key).value(value).build();
        }

        /**
         * Builds the session.
         *
         * @return the session
         * @throws IllegalArgumentException if the session does not contain a command
         */
        public LiveResponseSession build() {
            if (commands.isEmpty()) {
                throw new IllegalArgumentException("session must have a command");
            }
            return new LiveResponseSession(this);
        }
    }
}
