package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.liveresponse.CommandResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.pipeline.Download;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Snippets of {@code docs/live-response.md}. */
final class RunScripts {

    private RunScripts() {}

    // tag::live-response-script[]
    static Mono<String> listCranes(DefenderClient client, String machineId, String ticket) {
        return client.liveResponse()
                .runScript(machineId, "list-cranes.ps1", "-Quay 4", ticket, Duration.ofMinutes(30))
                .map(output -> output.exitCode() + ": " + output.scriptOutput());
    }
    // end::live-response-script[]

    // tag::live-response-session[]
    static Mono<Download.Report> collectLogs(DefenderClient client, String machineId, String ticket, Path to) {
        LiveResponseSession session = LiveResponseSession.builder(ticket)
                .upload(FileContent.of(Path.of("tools", "collect.ps1")))
                .runScript("collect.ps1", "-Days 3")
                .getFile("C:\\logs\\collected.zip")
                .build();
        return client.liveResponse()
                .run(machineId, session, Duration.ofMinutes(30))
                .map(LiveResponseResult::commands)
                .flatMap(commands -> Mono.justOrEmpty(commands.get(1).file()))
                .flatMap(file -> file.to(to));
    }
    // end::live-response-session[]

    // tag::live-response-many[]
    static Mono<Void> runEverywhere(
            DefenderClient client, List<String> machineIds, LiveResponseSession session, Consumer<String> report) {
        return client.liveResponse()
                .runEach(Flux.fromIterable(machineIds), session, ActionOptions.defaults(), Duration.ofHours(4))
                .doOnNext(outcome -> report.accept(outcome.machineId() + ": "
                        + (outcome.error() == null
                                ? "succeeded"
                                : outcome.error().getMessage())))
                .then();
    }
    // end::live-response-many[]

    // tag::live-response-errors[]
    static List<String> outputs(LiveResponseResult result) {
        return result.commands().stream()
                .map(CommandResult::output)
                .filter(output -> output != null)
                .map(output -> output.exitCode() + ": " + output.scriptErrors())
                .toList();
    }
    // end::live-response-errors[]
}
