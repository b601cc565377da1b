package io.github.defenderreactive.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How results are shown. */
final class OutputOptions {

    @Option(names = "--output", paramLabel = "FORMAT", description = "json (one value a line) or table.")
    Output.@Nullable Format format;

    Output.Format formatOr(Output.Format otherwise) {
        return format == null ? otherwise : format;
    }
}
