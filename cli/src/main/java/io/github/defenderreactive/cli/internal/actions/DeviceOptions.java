package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for the devices of an action, its reason, and its confirmation. */
final class DeviceOptions {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the devices.")
    private List<String> machineIds = List.of();

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
     * Returns the devices, each once.
     *
     * @throws UsageException if an id is blank, or an action that must be confirmed is not
     */
    List<String> confirmed(String type, boolean harmful) {
        List<String> ids = List.copyOf(new LinkedHashSet<>(machineIds));
        if (ids.stream().anyMatch(String::isBlank)) {
            throw new UsageException("ID must not be blank");
        }
        if (harmful && !yes && !dryRun) {
            Confirmation.ofUser()
                    .require(type + " on " + (ids.size() == 1 ? "device " + ids.get(0) : ids.size() + " devices"));
        }
        return ids;
    }
}
