package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.action.ActionWorkflow;
import io.github.defenderreactive.client.api.LibraryApi;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.client.query.UploadLibraryFileForm;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.pipeline.Download;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Live response: sessions that put files on a device, run scripts and copy files from it. {@link #run} requests a
 * session of several commands, follows it to its end, and returns a result for each command; {@link #runEach} does so
 * for many devices. {@link #runScript}, {@link #getFile} and {@link #putFile} are sessions of one command.
 *
 * <p>The service runs one session on a device at a time and 50 in all. A client, together with the clients derived from
 * it, runs at most 25 at a time; further sessions, and those for a device with a session, wait without a request, in the
 * order of their subscription. If another process has a session on the device, or the service refuses one more, the
 * request is sent again later. The quota of ten requests a minute is waited for as well. All of this is part of the
 * timeout. The service ends a script after ten minutes, and keeps a session for a device that is offline for hours.
 *
 * <p>Every method is cold: each subscription is a session of its own. It errors with a {@link LiveResponseException} if
 * the session or one of its commands failed, with an {@link ActionTimeoutException} if it did not end in time, and
 * otherwise with another {@link DefenderException}. A script that ends with another exit code than 0 has an output and
 * is not a failure. Cancel stops following; the session continues. For permission and quota see
 * {@link MachineActionsApi#runLiveResponse(String, RunLiveResponseRequest)} and
 * {@link MachineActionsApi#liveResponseResultLink}. Returned by {@code client.liveResponse()}.
 *
 * @since 0.1.0
 */
public final class LiveResponse {

    /** The outputs of many sessions are read at the same time. */
    private static final int READ_CONCURRENCY = 8;

    private final ActionWorkflow workflow;
    private final Uploads uploads;
    private final Results results;

    private LiveResponse(ActionWorkflow workflow, Uploads uploads, Results results) {
        this.workflow = workflow;
        this.uploads = uploads;
        this.results = results;
    }

    /**
     * Returns the workflow of a client.
     *
     * @param workflow requests and follows the sessions
     * @param calls the calls that return links
     * @param library the library
     * @param downloads reads the results
     * @return the workflow
     */
    public static LiveResponse of(
            ActionWorkflow workflow, MachineActionsApi calls, LibraryApi library, Downloads downloads) {
        return new LiveResponse(
                Objects.requireNonNull(workflow, "workflow"), new Uploads(library), Results.of(calls, downloads));
    }

    /**
     * Allows links to further hosts. A link grants access to data of the tenant, so add only domains of storage that
     * belongs to the service.
     *
     * @param domains names of hosts or domains, in addition to the blob storage; their subdomains are allowed too
     * @return the same workflow with this setting
     * @throws IllegalArgumentException if a domain is not the name of a host
     */
    public LiveResponse allowHosts(String... domains) {
        return new LiveResponse(workflow, uploads, results.allowHosts(domains));
    }

    /**
     * Runs a session on a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param session the uploads and commands
     * @param timeout longest time from the request to the end of the session, positive. Uploads before and reads of
     *     outputs after it are not part of it
     * @return the session with the outputs of its scripts, each at most 16 MiB, and the downloads of its files
     * @throws IllegalArgumentException if the id is blank or the timeout is not positive
     */
    public Mono<LiveResponseResult> run(String machineId, LiveResponseSession session, Duration timeout) {
        return run(machineId, session, ActionOptions.defaults(), timeout);
    }

    /**
     * Runs a session on a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param session the uploads and commands
     * @param options the options. An active session is never joined, so {@code JOIN} waits
     * @param timeout longest time from the request to the end of the session, positive. Uploads before and reads of
     *     outputs after it are not part of it
     * @return the session with the outputs of its scripts, each at most 16 MiB, and the downloads of its files
     * @throws IllegalArgumentException if the id is blank or the timeout is not positive
     */
    public Mono<LiveResponseResult> run(
            String machineId, LiveResponseSession session, ActionOptions options, Duration timeout) {
        Mono<MachineAction> end =
                workflow.action(machineId, session.request(), options).await(timeout);
        return uploads.all(session.uploads(), session.replacesDifferent()).then(result(end));
    }

    /**
     * Runs a session on many devices. A failure is an outcome and does not end the rest. The files are uploaded once,
     * before the first session.
     *
     * @param machineIds ids of the devices; {@link ActionOptions#concurrency()} are handled at the same time, of which
     *     25 have a session
     * @param session the uploads and commands
     * @param options the options, of which {@link ActionOptions#resumeSince()} continues an earlier run
     * @param timeout longest time for each device, from its request to the end of its session, positive
     * @return an outcome for each device, in the order in which their results are complete. Errors only if the upload or
     *     {@code machineIds} does. Cancel stops requesting and following
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Flux<LiveResponseOutcome> runEach(
            Publisher<String> machineIds, LiveResponseSession session, ActionOptions options, Duration timeout) {
        return uploads.all(session.uploads(), session.replacesDifferent())
                .thenMany(workflow.awaitEach(machineIds, session.request(), options, timeout))
                .flatMap(this::outcome, READ_CONCURRENCY);
    }

    /**
     * Returns the results of a session that was requested before, for example by another process, and waits for its end.
     *
     * @param actionId id of the session, a GUID
     * @return the session with the outputs of its scripts, each at most 16 MiB, and the downloads of its files
     */
    public Mono<LiveResponseResult> results(String actionId) {
        return result(workflow.follow(actionId).last());
    }

    /**
     * Runs a script of the library on a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param script name of the script in the library, such as {@code collect-logs.ps1}
     * @param arguments arguments of the script as one text, or null for none
     * @param comment reason for the session
     * @param timeout longest time from the request to the end of the session, positive
     * @return the output of the script with its exit code, at most 16 MiB. Also errors with a {@link LiveResponseException}
     *     if the service did not keep the output
     * @throws IllegalArgumentException if a text is blank or the timeout is not positive
     */
    public Mono<LiveResponseScriptOutput> runScript(
            String machineId, String script, @Nullable String arguments, String comment, Duration timeout) {
        LiveResponseSession.Builder session = LiveResponseSession.builder(comment);
        LiveResponseSession one =
                (arguments == null ? session.runScript(script) : session.runScript(script, arguments)).build();
        return run(machineId, one, timeout)
                .flatMap(result -> first(result).output() == null
                        ? Mono.error(() -> without(result, "output"))
                        : Mono.just(Objects.requireNonNull(first(result).output())));
    }

    /**
     * Copies a file from a device to the storage of the service.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param path path of the file on the device
     * @param comment reason for the session
     * @param timeout longest time from the request to the end of the session, positive
     * @return the download of the file, to a local file with {@link Download#to} or as buffers with
     *     {@link Download#bytes}. The service encloses the file in a compressed archive
     * @throws IllegalArgumentException if a text is blank or the timeout is not positive
     */
    public Mono<Download> getFile(String machineId, String path, String comment, Duration timeout) {
        return run(machineId, LiveResponseSession.builder(comment).getFile(path).build(), timeout)
                .flatMap(result -> first(result).file() == null
                        ? Mono.error(() -> without(result, "file"))
                        : Mono.just(Objects.requireNonNull(first(result).file())));
    }

    /**
     * Puts a file of the library on a device. The device deletes it when it restarts.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param fileName name of the file in the library
     * @param comment reason for the session
     * @param timeout longest time from the request to the end of the session, positive
     * @return the session in its final state
     * @throws IllegalArgumentException if a text is blank or the timeout is not positive
     */
    public Mono<MachineAction> putFile(String machineId, String fileName, String comment, Duration timeout) {
        return run(
                        machineId,
                        LiveResponseSession.builder(comment).putFile(fileName).build(),
                        timeout)
                .map(LiveResponseResult::session);
    }

    /**
     * Uploads a file to the library, unless the library holds the same content under its name. The library is shared by
     * all users of the tenant.
     *
     * @param file a script or another file, at most 20 MB
     * @param replaceDifferent whether a file with the same name and another content is replaced
     * @return the file of the library. Errors with a {@link LiveResponseException} if the library holds a file with the
     *     same name and another content that is not replaced, and like {@link LibraryApi#upload(UploadLibraryFileForm)}.
     *     Cancel stops waiting; the upload may take effect
     */
    public Mono<LibraryUpload> upload(FileContent file, boolean replaceDifferent) {
        return uploads.upload(file, replaceDifferent);
    }

    private Mono<LiveResponseResult> result(Mono<MachineAction> end) {
        return end.map(session -> new Ended(session, null))
                .onErrorResume(ActionFailedException.class, failed -> Mono.just(new Ended(failed.action(), failed)))
                .flatMap(this::read)
                .handle((read, sink) -> {
                    if (read.error() == null) {
                        sink.next(read.result());
                    } else {
                        sink.error(read.error());
                    }
                });
    }

    private Mono<LiveResponseOutcome> outcome(ActionOutcome outcome) {
        MachineAction session = outcome.action();
        Throwable error = outcome.error();
        ActionFailedException failed = error instanceof ActionFailedException ended ? ended : null;
        if (session == null || error != failed) {
            return Mono.just(new LiveResponseOutcome(outcome.machineId(), outcome.requested(), null, error));
        }
        return read(new Ended(session, failed))
                .map(read ->
                        new LiveResponseOutcome(outcome.machineId(), outcome.requested(), read.result(), read.error()))
                .onErrorResume(unread ->
                        Mono.just(new LiveResponseOutcome(outcome.machineId(), outcome.requested(), null, unread)));
    }

    private Mono<Read> read(Ended ended) {
        ActionFailedException failed = ended.failed();
        return results.of(ended.session(), failed != null)
                .map(result -> new Read(result, LiveResponseException.of(result, failed)));
    }

    private static CommandResult first(LiveResponseResult result) {
        if (result.commands().isEmpty()) {
            throw without(result, "command");
        }
        return result.commands().get(0);
    }

    private static LiveResponseException without(LiveResponseResult result, String what) {
        return new LiveResponseException(
                "Live response " + result.session().id() + " on device "
                        + result.session().machineId() + " has no " + what + "; see the action in the portal",
                result,
                null);
    }

    private record Ended(MachineAction session, @Nullable ActionFailedException failed) {}

    private record Read(LiveResponseResult result, @Nullable LiveResponseException error) {}
}
