package io.github.defenderreactive.cli.internal.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActionCommandTest {

    private final EmulatedService service =
            new EmulatedService(DefenderEmulator.builder().clock(Clock.systemUTC()));
    private final String active = add("Pending");

    @AfterEach
    void stop() {
        service.close();
    }

    private String add(String status) {
        return service.emulator()
                .tenant()
                .machineActions()
                .add(Map.of(
                        "machineId",
                        service.emulator().tenant().machineId(0),
                        "type",
                        "Isolate",
                        "status",
                        status,
                        "creationDateTimeUtc",
                        Instant.now()));
    }

    private CommandLineRun run(String... arguments) {
        return service.runSignedIn(arguments);
    }

    private static List<JsonNode> rows(CommandLineRun run) {
        return Rows.of(run.lines());
    }

    @Test
    void shouldListActionsThatHaveNotEnded() {
        CommandLineRun run = run("action", "list", "--active");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run)).extracting(row -> row.get("id").asText()).containsExactly(active);
    }

    @Test
    void shouldCancelAnActionAndShowItsEnd() {
        CommandLineRun cancel = run("action", "cancel", active, "--comment", "wrong device");
        CommandLineRun watch = run("action", "watch", active, add("Succeeded"));

        assertThat(cancel.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(cancel))
                .singleElement()
                .satisfies(row -> assertThat(row.get("status").asText()).isEqualTo("Cancelled"));
        assertThat(watch.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(watch.err()).contains("was cancelled");
        assertThat(rows(watch))
                .extracting(row -> row.get("status").asText())
                .containsExactlyInAnyOrder("Cancelled", "Succeeded");
    }
}
