package io.github.defenderreactive.cli.internal.output;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the format of results. */
public final class OutputOptions {

    @Option(names = "--output", paramLabel = "FORMAT", description = "json (one value per line) or table.")
    private Output.@Nullable Format format;

    /** Creates the options, without a format. */
    public OutputOptions() {}

    /**
     * Returns the format.
     *
     * @param otherwise the default of the command
     * @return the chosen format, or the default
     */
    public Output.Format formatOr(Output.Format otherwise) {
        return format == null ? otherwise : format;
    }
}
