package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandResult;
import io.github.defenderreactive.client.model.LiveResponseCommandStatus;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.StringValue;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.pipeline.Download;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The results of the commands of sessions that have ended. */
final class Results {

    /** The output of a script is text for a person or a program, and is held in memory. */
    private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

    private final MachineActionsApi calls;
    private final Downloads downloads;
    private final Set<String> hosts;

    private Results(MachineActionsApi calls, Downloads downloads, Set<String> hosts) {
        this.calls = calls;
        this.downloads = downloads;
        this.hosts = hosts;
    }

    static Results of(MachineActionsApi calls, Downloads downloads) {
        return new Results(calls, downloads, StorageLink.BLOB_DOMAINS);
    }

    Results allowHosts(String... domains) {
        return new Results(calls, downloads, StorageLink.withDomains(hosts, domains));
    }

    /**
     * Returns the results of a session.
     *
     * @param failed whether the session failed, so that an output that cannot be read is left out
     */
    Mono<LiveResponseResult> of(MachineAction session, boolean failed) {
        List<LiveResponseCommandResult> reported = session.commands();
        return Flux.range(0, reported.size())
                .concatMap(position -> result(String.valueOf(session.id()), position, reported.get(position), failed))
                .collectList()
                .map(commands -> new LiveResponseResult(session, commands));
    }

    private Mono<CommandResult> result(
            String sessionId, int position, LiveResponseCommandResult reported, boolean failed) {
        CommandResult plain = new CommandResult(reported, null, null);
        LiveResponseCommand command = reported.command();
        if (command == null || !LiveResponseCommandStatus.COMPLETED.equals(reported.commandStatus())) {
            return Mono.just(plain);
        }
        Integer index = reported.index();
        Download download = download(sessionId, index == null ? position : index);
        if (LiveResponseCommandType.GET_FILE.equals(command.type())) {
            return Mono.just(new CommandResult(reported, null, download));
        }
        return LiveResponseCommandType.RUN_SCRIPT.equals(command.type())
                ? output(download, plain.subject())
                        .map(output -> new CommandResult(reported, output, null))
                        .onErrorResume(NotFoundException.class, none -> Mono.just(plain))
                        .onErrorResume(DefenderException.class, error -> failed ? Mono.just(plain) : Mono.error(error))
                : Mono.just(plain);
    }

    private Download download(String sessionId, int index) {
        Mono<String> link = calls.liveResponseResultLink(sessionId, index)
                .flatMap((StringValue response) -> Mono.justOrEmpty(response.value()))
                .switchIfEmpty(Mono.error(() -> new NotFoundException(
                        "The session " + sessionId + " has no result of command " + index, ErrorContext.NONE)));
        return downloads.resumable(link, hosts);
    }

    private static Mono<LiveResponseScriptOutput> output(Download download, String script) {
        return download.bytes()
                .reduceWith(ByteArrayOutputStream::new, (output, bytes) -> append(output, bytes, script))
                .map(output -> LiveResponseScriptOutput.read(JsonReader.of(output.toByteArray())));
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream output, ByteBuffer bytes, String script) {
        if (output.size() + bytes.remaining() > MAX_OUTPUT_BYTES) {
            throw new LiveResponseException(
                    "The script " + script + " has an output of more than " + MAX_OUTPUT_BYTES
                            + " bytes; write it to a file on the device and copy the file",
                    null,
                    null);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.write(copy, 0, copy.length);
        return output;
    }
}
