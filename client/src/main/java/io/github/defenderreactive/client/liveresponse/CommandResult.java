package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandResult;
import io.github.defenderreactive.client.model.LiveResponseCommandStatus;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.runtime.pipeline.Download;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one command of a live response session.
 *
 * @param reported the command, its status, times and errors as the service reports them
 * @param output the output of a script with its exit code; null for other commands, and if the service has none
 * @param file the download of a file from the device; null for other commands, and if the command did not complete. The
 *     service encloses the file in a compressed archive
 * @since 0.1.0
 */
public record CommandResult(
        LiveResponseCommandResult reported,
        @Nullable LiveResponseScriptOutput output,
        @Nullable Download file) {

    private static final Set<LiveResponseParamKey> SUBJECTS =
            Set.of(LiveResponseParamKey.FILE_NAME, LiveResponseParamKey.SCRIPT_NAME, LiveResponseParamKey.PATH);

    /**
     * Returns the kind of command.
     *
     * @return the kind, or null if the service does not report it
     */
    public @Nullable LiveResponseCommandType type() {
        LiveResponseCommand command = reported.command();
        return command == null ? null : command.type();
    }

    /**
     * Returns the status.
     *
     * @return {@link LiveResponseCommandStatus#CREATED} for a command that was not carried out, because one before it
     *     failed or the session ended; null if the service does not report it
     */
    public @Nullable LiveResponseCommandStatus status() {
        return reported.commandStatus();
    }

    /**
     * Returns the name of the file or script in the library, or the path on the device.
     *
     * @return the name or path; empty if the service does not report it
     */
    public String subject() {
        LiveResponseCommand command = reported.command();
        return command == null
                ? ""
                : command.params().stream()
                        .filter(parameter -> parameter.key() != null && SUBJECTS.contains(parameter.key()))
                        .map(LiveResponseCommandParam::value)
                        .map(String::valueOf)
                        .findFirst()
                        .orElse("");
    }

    boolean isFailed() {
        return LiveResponseCommandStatus.FAILED.equals(status());
    }
}
