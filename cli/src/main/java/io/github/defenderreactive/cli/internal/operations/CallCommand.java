package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.runtime.operation.Call;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender call}: calls any operation, without time windows, and follows next links. */
@Command(name = "call", description = "Calls any operation and prints its response in wire form, one item per line.")
public final class CallCommand implements Callable<Integer> {

    @Mixin
    private CallOptions options = new CallOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N items.")
    private @Nullable Long limit;

    @Option(names = "--pages", paramLabel = "N", description = "Read at most N pages.")
    private @Nullable Integer pages;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    CallCommand() {}

    @Override
    public Integer call() {
        Call<?> call = options.call();
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), List.of())) {
            opened.progress().expect("items", Limits.total(limit));
            Printing.print(
                    Limits.take(
                            OperationInvoker.items(opened.client(), call, pages).map(Printing::encodable), limit),
                    rows,
                    opened.progress());
        }
        return ExitCode.OK;
    }
}
