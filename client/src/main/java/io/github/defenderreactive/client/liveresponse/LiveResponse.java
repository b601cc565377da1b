package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.action.Action;
import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandResult;
import io.github.defenderreactive.client.model.LiveResponseCommandStatus;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Live response: runs a script of the library on a device, copies a file from a device, or puts a file of the library on
 * it. Each method requests one session, follows it to its end, and returns the result.
 *
 * <p>The service runs one session on a device at a time. A session that is requested while another one is active waits
 * for its end, within the timeout; sessions of one client for a device run in the order of their subscription. The quota
 * of ten requests a minute is waited for as well. The service ends a script after ten minutes, and keeps a session for a
 * device that is offline for hours.
 *
 * <p>Every method is cold: each subscription is a session of its own. It errors with an {@link ActionFailedException} if
 * the session did not succeed, with an {@link ActionTimeoutException} if it did not end in time, with a
 * {@link LiveResponseException} if the command failed, and otherwise with another {@link DefenderException}. Cancel stops
 * following; the session continues. For permission and quota see
 * {@link MachineActionsApi#runLiveResponse(String, RunLiveResponseRequest)}. Returned by {@code client.liveResponse()}.
 *
 * @since 0.1.0
 */
public final class LiveResponse {

    /** The output of a script is text for a person or a program, and is held in memory. */
    private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

    private final BiFunction<String, ActionRequest, Action> actions;
    private final MachineActionsApi calls;
    private final Downloads downloads;

    /**
     * Creates the workflow of a client.
     *
     * @param actions returns an action on a device
     * @param calls the calls that return links
     * @param downloads reads the results
     */
    public LiveResponse(
            BiFunction<String, ActionRequest, Action> actions, MachineActionsApi calls, Downloads downloads) {
        this.actions = Objects.requireNonNull(actions, "actions");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.downloads = Objects.requireNonNull(downloads, "downloads");
    }

    /**
     * Runs a script of the library on a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param script name of the script in the library, such as {@code collect-logs.ps1}
     * @param arguments arguments of the script as one text, or null for none
     * @param comment reason for the session
     * @param timeout longest time from the request to the end of the session, positive
     * @return the output of the script with its exit code, at most 16 MiB. A script that ends with another exit code
     *     than 0 has an output too
     * @throws IllegalArgumentException if the id is blank or the timeout is not positive
     */
    public Mono<LiveResponseScriptOutput> runScript(
            String machineId, String script, @Nullable String arguments, String comment, Duration timeout) {
        LiveResponseCommandParam name = parameter(LiveResponseParamKey.SCRIPT_NAME, script);
        LiveResponseCommand command = command(
                LiveResponseCommandType.RUN_SCRIPT,
                arguments == null ? List.of(name) : List.of(name, parameter(LiveResponseParamKey.ARGS, arguments)));
        String shown = "The script " + script;
        return link(machineId, shown, command, comment, timeout)
                .flatMap(link -> downloads
                        .bytes(link)
                        .reduceWith(ByteArrayOutputStream::new, (output, bytes) -> append(output, bytes, shown)))
                .map(output -> LiveResponseScriptOutput.read(JsonReader.of(output.toByteArray())));
    }

    /**
     * Copies a file from a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param path path of the file on the device
     * @param comment reason for the session
     * @param to the local file; see {@link Downloads#to} for existing files, permissions and partial downloads
     * @param timeout longest time from the request to the end of the session, positive. The download is not part of it
     * @return {@code to} when the file is complete. The service encloses the file in a compressed archive
     * @throws IllegalArgumentException if the id is blank or the timeout is not positive
     */
    public Mono<Path> getFile(String machineId, String path, String comment, Path to, Duration timeout) {
        LiveResponseCommand command =
                command(LiveResponseCommandType.GET_FILE, List.of(parameter(LiveResponseParamKey.PATH, path)));
        return link(machineId, "The copy of " + path, command, comment, timeout)
                .flatMap(link -> downloads.to(link, to));
    }

    /**
     * Puts a file of the library on a device. The device deletes it when it restarts.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param fileName name of the file in the library
     * @param comment reason for the session
     * @param timeout longest time from the request to the end of the session, positive
     * @return the session in its final state
     * @throws IllegalArgumentException if the id is blank or the timeout is not positive
     */
    public Mono<MachineAction> putFile(String machineId, String fileName, String comment, Duration timeout) {
        LiveResponseCommand command =
                command(LiveResponseCommandType.PUT_FILE, List.of(parameter(LiveResponseParamKey.FILE_NAME, fileName)));
        return session(machineId, "The transfer of " + fileName, command, comment, timeout);
    }

    private Mono<String> link(
            String machineId, String shown, LiveResponseCommand command, String comment, Duration timeout) {
        return session(machineId, shown, command, comment, timeout)
                .flatMap(session -> calls.liveResponseResultLink(Objects.requireNonNull(session.id()), 0))
                .flatMap(response -> Mono.justOrEmpty(response.value()))
                .switchIfEmpty(Mono.error(
                        () -> new LiveResponseException(shown + " has no result on device " + machineId, List.of())));
    }

    private Mono<MachineAction> session(
            String machineId, String shown, LiveResponseCommand command, String comment, Duration timeout) {
        return actions.apply(
                        machineId,
                        ActionRequest.runLiveResponse(RunLiveResponseRequest.builder()
                                .comment(comment)
                                .commands(List.of(command))
                                .build()))
                .await(timeout)
                .flatMap(session -> session.commands().stream()
                        .filter(result -> LiveResponseCommandStatus.FAILED.equals(result.commandStatus()))
                        .findFirst()
                        .map((LiveResponseCommandResult failed) ->
                                Mono.<MachineAction>error(() -> LiveResponseException.of(shown, machineId, failed)))
                        .orElseGet(() -> Mono.just(session)));
    }

    private static LiveResponseCommand command(
            LiveResponseCommandType type, List<LiveResponseCommandParam> parameters) {
        return LiveResponseCommand.builder().type(type).params(parameters).build();
    }

    private static LiveResponseCommandParam parameter(LiveResponseParamKey key, String value) {
        return LiveResponseCommandParam.builder().key(key).value(value).build();
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream output, ByteBuffer bytes, String shown) {
        if (output.size() + bytes.remaining() > MAX_OUTPUT_BYTES) {
            throw new LiveResponseException(
                    shown + " has an output of more than " + MAX_OUTPUT_BYTES + " bytes; write it to a file on the"
                            + " device and copy the file",
                    List.of());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.write(copy, 0, copy.length);
        return output;
    }
}
