package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender download}: fetches the target of a link in a response, such as a package or a file of an export. */
@Command(
        name = "download",
        description = "Calls an operation that returns links and downloads the target of one of them, as it is stored.")
public final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private CallOptions options = new CallOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE|-",
            required = true,
            description =
                    "File to write, which appears after the download is complete. A device or FIFO is written to as the"
                            + " bytes arrive; - is standard output.")
    private String to = "-";

    @Option(
            names = "--index",
            paramLabel = "N",
            defaultValue = "0",
            description = "Index of the link of an export, from 0 (default: ${DEFAULT-VALUE}).")
    private int index;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    DownloadCommand() {}

    @Override
    public Integer call() {
        Call<?> call = options.call();
        if (call.operation().shape() != ResponseShape.SINGLE) {
            throw new UsageException(call.operation().info().id() + " does not return links");
        }
        DownloadTarget target = DownloadTarget.of(to);
        try (Connection opened = Connection.open(connection)) {
            target.write(opened.client().downloads(), link(opened.client(), call));
        }
        return ExitCode.OK;
    }

    private String link(DefenderClient client, Call<?> call) {
        List<String> links = OperationInvoker.items(client, call, null)
                .map(Printing::encodable)
                .concatMapIterable(DownloadLinks::in)
                .collectList()
                .blockOptional()
                .orElse(List.of());
        if (index < 0 || index >= links.size()) {
            throw new UsageException(
                    "--index " + index + ": " + call.operation().info().id() + " returned "
                            + (links.isEmpty() ? "no link" : links.size() + " links, the first is 0"));
        }
        return links.get(index);
    }
}
