package io.github.defenderreactive.samples.inventory;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import io.github.defenderreactive.client.liveresponse.LiveResponseOutcome;
import io.github.defenderreactive.client.liveresponse.LiveResponseResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineHealthStatus;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.client.query.MachineFields;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Collects in three phases: the software that is installed, the processes that started since the last complete run, and
 * the output of a script on each active device.
 */
public final class EndpointInventory {

    /** Events reach the hunting tables some minutes late, so the newest ones are left to the next run. */
    static final Duration SETTLING = Duration.ofMinutes(15);

    private static final Duration ACTIVE = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofHours(6);

    /** A process that started, mapped from a row by the names of the columns. */
    public record StartedProcess(Instant timestamp, String deviceId, String deviceName, String fileName) {}

    /** The end of the script on a device: its output, or the reason why there is none. */
    public record ScriptResult(
            String deviceId,
            @Nullable String output,
            @Nullable String failure) {

        static ScriptResult of(LiveResponseOutcome outcome) {
            LiveResponseResult result = outcome.result();
            LiveResponseScriptOutput output =
                    result == null ? null : result.commands().get(0).output();
            return new ScriptResult(
                    outcome.machineId(),
                    output == null ? null : output.scriptOutput(),
                    outcome.error() == null ? null : outcome.error().getMessage());
        }
    }

    private final DefenderClient client;
    private final RecordSink sink;
    private final RunStore runs;
    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param client the client
     * @param sink receives every record
     * @param folder keeps the start of each run; must exist
     * @param clock returns the current time
     */
    public EndpointInventory(DefenderClient client, RecordSink sink, Path folder, Clock clock) {
        this.client = client;
        this.sink = sink;
        this.runs = new RunStore(folder);
        this.clock = clock;
    }

    /**
     * Runs the three phases at the same time. A phase that fails does not end the others, and its next run continues
     * from the same point.
     *
     * @param products names of the products to look for
     * @param script the script to run, a PowerShell or shell file
     * @return completes when all phases have ended; errors with the failures of the phases
     */
    public Mono<Void> run(Set<String> products, Path script) {
        return Mono.whenDelayError(
                phase("software", run -> installed(products)),
                phase("processes", this::started),
                phase("scripts", run -> results(run, script)));
    }

    // tag::inventory-phases[]
    private Flux<AssetSoftware> installed(Set<String> products) {
        return client.exports().read(FileExports.SOFTWARE).filter(row -> products.contains(row.softwareName()));
    }

    private Flux<StartedProcess> started(Run run) {
        HuntingQuery query = HuntingQuery.of("DeviceProcessEvents | project Timestamp, DeviceId, DeviceName, FileName");
        return client.hunting()
                .windows(
                        query,
                        "Timestamp",
                        run.since().minus(SETTLING),
                        run.began().minus(SETTLING))
                .map(row -> row.as(StartedProcess.class));
    }

    private Flux<ScriptResult> results(Run run, Path script) {
        LiveResponseSession session = LiveResponseSession.builder("Inventory of " + run.began())
                .upload(FileContent.of(script))
                .replaceDifferent(true)
                .runScript(script.getFileName().toString())
                .build();
        ActionOptions resuming =
                ActionOptions.builder().resumeSince(run.began()).build();
        return client.liveResponse()
                .runEach(activeDevices(run), session, resuming, PATIENCE)
                .map(ScriptResult::of);
    }
    // end::inventory-phases[]

    private Flux<String> activeDevices(Run run) {
        return client.machines()
                .list(ListMachinesQuery.builder()
                        .filter(MachineFields.HEALTH_STATUS
                                .eq(MachineHealthStatus.ACTIVE)
                                .and(MachineFields.LAST_SEEN.ge(run.began().minus(ACTIVE))))
                        .build())
                .concatMap(machine -> Mono.justOrEmpty(machine.id()));
    }

    private Mono<Void> phase(String name, Function<Run, Flux<?>> records) {
        return runs.begin(name, clock)
                .flatMapMany(records)
                .concatMap(item -> sink.accept(name, item))
                .then(runs.complete(name));
    }
}
