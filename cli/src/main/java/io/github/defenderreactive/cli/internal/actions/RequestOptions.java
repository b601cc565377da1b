package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the reason of a request, its confirmation, and its receipts. */
final class RequestOptions {

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            required = true,
            description = "Reason, which is stored with the action. Use one for each job, such as its ticket.")
    private String comment = "";

    @Option(names = "--yes", description = "Request the action without a confirmation.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Print what would be requested, and request nothing.")
    private boolean dryRun;

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description = "File to which a JSON line is appended before each request and after each result.")
    private @Nullable Path receipts;

    String comment() {
        if (comment.isBlank()) {
            throw new UsageException("--comment must not be blank");
        }
        return comment;
    }

    boolean isDryRun() {
        return dryRun;
    }

    Receipts receipts() {
        return Receipts.open(receipts, comment);
    }

    /**
     * Requires the consent of the user, unless an option gives it or nothing is requested.
     *
     * @throws UsageException if there is none
     */
    void confirm(String what) {
        if (!yes && !dryRun) {
            Confirmation.ofUser().require(what);
        }
    }
}
