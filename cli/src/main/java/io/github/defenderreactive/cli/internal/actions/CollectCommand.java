package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.ActionRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** {@code defender machine collect}. */
@Command(name = "collect", description = "Collects investigation packages, and downloads them.")
final class CollectCommand extends MachineActionCommand {

    @Option(
            names = "--out",
            paramLabel = "DIR|FILE",
            description =
                    "With --wait: directory to which the packages are downloaded, each as ID.zip, or the file for one"
                            + " device. A file appears when it is complete.")
    private @Nullable String out;

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.collectInvestigationPackage(comment);
    }

    @Override
    boolean isHarmful() {
        return false;
    }

    @Override
    List<String> columns() {
        List<String> columns = new ArrayList<>(super.columns());
        columns.add("file");
        return columns;
    }

    @Override
    void check(List<String> machineIds) {
        if (out == null) {
            return;
        }
        if (!waits()) {
            throw new UsageException("--out requires --wait");
        }
        Path place = FileName.of(out);
        if (machineIds.size() > 1 && !Files.isDirectory(place)) {
            throw new UsageException("--out must be a directory for several devices, was " + place);
        }
        if (Files.isDirectory(place)) {
            machineIds.forEach(id -> requireName(place, id));
        }
    }

    private static void requireName(Path folder, String machineId) {
        if (!machineId.matches("[0-9A-Za-z-]+")) {
            throw new UsageException(
                    "ID must consist of letters, digits and hyphens for --out " + folder + ", was " + machineId);
        }
    }

    @Override
    Mono<OutcomeRow> succeeded(DefenderClient client, OutcomeRow row) {
        String actionId = row.actionId();
        if (out == null || actionId == null) {
            return Mono.just(row);
        }
        Path place = FileName.of(out);
        Path file = Files.isDirectory(place) ? place.resolve(row.machineId() + ".zip") : place;
        return client.machineActions().investigationPackage(actionId).to(file).map(row::with);
    }
}
