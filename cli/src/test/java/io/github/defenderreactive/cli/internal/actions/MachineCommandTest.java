package io.github.defenderreactive.cli.internal.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.ShellWords;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineCommandTest {

    private final EmulatedService service = new EmulatedService(
            DefenderEmulator.builder().clock(Clock.systemUTC()).actionPace(Duration.ZERO, Duration.ZERO));
    private final String first = service.emulator().tenant().machineId(0);
    private final String second = service.emulator().tenant().machineId(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void forget() {
        service.emulator().journal().clear();
        service.emulator().faults().clear();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private CommandLineRun run(String... arguments) {
        return service.runSignedIn(arguments);
    }

    private static List<JsonNode> rows(CommandLineRun run) {
        return Rows.of(run.lines());
    }

    @ParameterizedTest
    @CsvSource({
        "isolate,Isolate,isolateMachine",
        "release,Unisolate,unisolateMachine",
        "restrict,RestrictCodeExecution,restrictCodeExecution",
        "unrestrict,UnrestrictCodeExecution,unrestrictCodeExecution",
        "scan,RunAntiVirusScan,runAntiVirusScan",
        "collect,CollectInvestigationPackage,collectInvestigationPackage",
        "quarantine,StopAndQuarantineFile,stopAndQuarantineFile",
        "offboard,Offboard,offboardMachine"
    })
    void shouldRequestAnActionAndWait(String command, String type, String operation) {
        List<String> arguments =
                new ArrayList<>(List.of("machine", command, first, "--comment", "case 4711", "--wait", "--yes"));
        if (command.equals("quarantine")) {
            arguments.addAll(List.of("--sha1", "0123456789abcdef0123456789abcdef01234567"));
        }
        CommandLineRun run = run(arguments.toArray(String[]::new));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run)).singleElement().satisfies(row -> {
            assertThat(row.get("machineId").asText()).isEqualTo(first);
            assertThat(row.get("type").asText()).isEqualTo(type);
            assertThat(row.get("requested").asBoolean()).isTrue();
            assertThat(row.get("status").asText()).isEqualTo("Succeeded");
        });
        assertThat(service.emulator().journal().calls(operation)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"isolate", "restrict", "offboard"})
    void shouldRequireAConfirmation(String command) {
        CommandLineRun run = run("machine", command, first, "--comment", "case 4711");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("must be confirmed: add --yes");
        assertThat(service.emulator().journal().apiCalls()).isEmpty();
    }

    @Test
    void shouldRequestNothingInADryRun() {
        CommandLineRun run = run("machine", "isolate", first, second, first, "--comment", "case 4711", "--dry-run");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run)).extracting(row -> row.get("machineId").asText()).containsExactly(first, second);
        assertThat(service.emulator().journal().calls()).isEmpty();
    }

    @Test
    void shouldReportEachDeviceAndAppendReceipts() throws IOException {
        Path receipts = folder.resolve("receipts.ndjson");
        Files.writeString(receipts, "{\"earlier\":true}\n");
        service.emulator().tenant().actionsEndAs(second, "Failed");
        CommandLineRun run = run(
                "machine",
                "isolate",
                first,
                second,
                "--comment",
                "case 4711",
                "--wait",
                "--yes",
                "--receipts",
                receipts.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(rows(run))
                .extracting(row -> row.get("status").asText())
                .containsExactlyInAnyOrder("Succeeded", "Failed");
        List<JsonNode> lines = Rows.of(Files.readAllLines(receipts));
        assertThat(lines).hasSize(5);
        assertThat(lines.subList(1, 5)).allSatisfy(line -> {
            assertThat(line.get("comment").asText()).isEqualTo("case 4711");
            assertThat(line.get("time").asText()).isNotEmpty();
        });
        assertThat(lines.subList(1, 3))
                .allSatisfy(line -> assertThat(line.get("status").asText()).isEqualTo("Requesting"));
    }

    @Test
    void shouldReportAMissingPermissionWithItsExitCode() {
        service.emulator().faults().add(Fault.status(403).on("runAntiVirusScan").always());
        CommandLineRun run = run("machine", "scan", first, second, "--comment", "case 4711");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(rows(run)).allSatisfy(row -> {
            assertThat(row.get("status").asText()).isEqualTo("NotRequested");
            assertThat(row.get("error").asText()).contains("Machine.Scan");
        });
    }

    @Test
    void shouldStartAnInvestigation() {
        CommandLineRun run = run("machine", "investigate", first, "--comment", "case 4711");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run))
                .singleElement()
                .satisfies(row -> assertThat(row.get("actionId").asText()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "scan --comment x --type Deep, '--type must be one of Quick, Full, was Deep'",
        "scan, 'Missing required option'",
        "quarantine --comment x --sha1 123 --yes, '--sha1 must have 40 hexadecimal digits, was 123'",
        "scan --comment x --receipts /dev/null, '--receipts must name a regular file'",
        "scan --comment x --timeout 0s, '--timeout must be positive'"
    })
    void shouldRefuseWrongUsage(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("machine"));
        arguments.addAll(ShellWords.of(options));
        arguments.add(first);
        CommandLineRun run = run(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
        assertThat(service.emulator().journal().apiCalls()).isEmpty();
    }
}
