package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A command that requests the same on each of the given devices. It writes a receipt before each request and after each
 * result.
 *
 * @param <R> the row of a device
 */
abstract class DeviceCommand<R extends JsonEncodable> implements Callable<Integer> {

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Returns the columns of a table. */
    abstract List<String> columns();

    /** Returns the longest time for each device. */
    abstract Duration timeout();

    /**
     * Returns the name of the request in a confirmation.
     *
     * @throws UsageException if the options do not describe a request
     */
    abstract String subject();

    /** Returns whether the request affects the use of a device, so that it must be confirmed. */
    abstract boolean isHarmful();

    /**
     * Checks the options of the command against the devices.
     *
     * @throws UsageException if they contradict each other
     */
    void check(List<String> machineIds) {}

    /** Returns the row of a device without a result. */
    abstract R planned(String machineId, String status);

    /** Returns the receipt of a row. */
    abstract OutcomeRow receipt(R row);

    /** Requests the same on each device, and emits a row for each. */
    abstract Flux<R> rows(DefenderClient client, List<String> machineIds, Failures failures);

    /** Returns the reason of the request. */
    final String comment() {
        return devices.comment();
    }

    @Override
    public final Integer call() {
        if (timeout().isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        List<String> ids = devices.confirmed(subject(), isHarmful());
        check(ids);
        if (devices.isDryRun()) {
            try (Output out = output()) {
                ids.forEach(id -> out.row(planned(id, "DryRun")));
            }
            return ExitCode.OK;
        }
        Failures failures = new Failures();
        try (Receipts receipts = devices.receipts();
                Connection opened = Connection.open(connection);
                Output out = output()) {
            opened.progress().expect("devices", ids.size());
            ids.forEach(id -> receipts.append(receipt(planned(id, "Requesting"))));
            // Receipts are written to the disk. An interruption removes the partial file of a download.
            InterruptibleWork.block(rows(opened.client(), ids, failures)
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(row -> {
                        receipts.append(receipt(row));
                        out.row(row);
                        opened.progress().add(1);
                    })
                    .then());
        }
        return failures.exitCode();
    }

    private Output output() {
        return Output.standard(output.formatOr(Output.Format.JSON), columns());
    }
}
