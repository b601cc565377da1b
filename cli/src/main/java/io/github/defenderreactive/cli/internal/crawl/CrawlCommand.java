package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.crawl.CrawlRow.Outcome;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.Api;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender crawl}: calls every operation of every API and prints the outcome of each. */
@Command(
        name = "crawl",
        description =
                "Calls every operation that reads, with arguments from earlier responses, reads lists to the end, and"
                        + " prints one line per operation. The exit code is 1 if any failed.")
public final class CrawlCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("operation", "api", "outcome", "calls", "items", "milliseconds");

    private static final long TENANT_LIMIT = 100;

    @Option(
            names = "--actions",
            description = "Also call every operation that changes something, and skip none; requires --emulator.")
    private boolean actions;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Read at most N items of a list (default: all of the emulator, " + TENANT_LIMIT + " of a tenant).")
    private @Nullable Long limit;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    CrawlCommand() {}

    @Override
    public Integer call() {
        if (actions && !connection.isEmulator()) {
            throw new UsageException("--actions isolates and offboards devices and therefore requires --emulator");
        }
        Long most = Limits.validated(limit) != null || connection.isEmulator() ? limit : Long.valueOf(TENANT_LIMIT);
        Outcomes count = new Outcomes();
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.TABLE), COLUMNS)) {
            Crawl crawl = new Crawl(opened.client(), Recipes.all(), actions, most);
            opened.progress().expect("operations", crawl.included(Api.all()).size());
            Printing.print(crawl.rows(Api.all()).doOnNext(count::add), rows, opened.progress());
        }
        Messages.print(count.summary());
        return failed(count) ? ExitCode.OTHER : ExitCode.OK;
    }

    /** Returns whether the crawl failed. With {@code --actions} the emulator has arguments for every operation. */
    private boolean failed(Outcomes count) {
        return count.contain(Outcome.FAILED) || actions && count.contain(Outcome.SKIPPED);
    }
}
