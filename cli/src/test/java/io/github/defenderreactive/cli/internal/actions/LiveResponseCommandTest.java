package io.github.defenderreactive.cli.internal.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveResponseCommandTest {

    private final EmulatedService service = new EmulatedService(
            DefenderEmulator.builder().clock(Clock.systemUTC()).actionPace(Duration.ZERO, Duration.ZERO));
    private final String first = service.emulator().tenant().machineId(0);
    private final String second = service.emulator().tenant().machineId(1);
    private final String third = service.emulator().tenant().machineId(2);

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

    @Test
    void shouldUploadAndRunAScriptOnDevices() throws IOException {
        Path script = Files.writeString(folder.resolve("sweep.ps1"), "Get-Process");
        Path receipts = folder.resolve("receipts.ndjson");
        service.emulator().tenant().scriptOutput("other.ps1", Map.of());
        service.emulator().tenant().actionsEndAs(second, "Failed");

        CommandLineRun run = run(
                "live-response",
                "run",
                first,
                second,
                "--script",
                "sweep.ps1",
                "--args",
                "-Quay 4",
                "--upload",
                script.toString(),
                "--comment",
                "case 4711",
                "--yes",
                "--receipts",
                receipts.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(rows(run)).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("type").asText()).isEqualTo("LiveResponse");
            assertThat(row.get("requested").asBoolean()).isTrue();
            if (row.get("machineId").asText().equals(first)) {
                assertThat(row.get("status").asText()).isEqualTo("Succeeded");
                assertThat(row.get("exitCode").asInt()).isZero();
                assertThat(row.get("output").asText()).contains("Done");
                assertThat(row.has("error")).isFalse();
            } else {
                assertThat(row.get("status").asText()).isEqualTo("Failed");
                assertThat(row.get("error").asText()).contains("RunScript sweep.ps1 failed");
            }
        });
        assertThat(Files.readAllLines(receipts)).hasSize(4);
        assertThat(service.emulator().journal().calls("uploadLibraryFile")).hasSize(1);

        CommandLineRun upload = run("live-response", "upload", script.toString());
        assertThat(rows(upload))
                .singleElement()
                .satisfies(row -> assertThat(row.get("status").asText()).isEqualTo("Unchanged"));
        Files.writeString(script, "Get-Service");
        CommandLineRun refused = run("live-response", "upload", script.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(rows(refused).get(0).get("error").asText()).contains("holds another file");
        assertThat(rows(run("live-response", "upload", script.toString(), "--replace"))
                        .get(0)
                        .get("status")
                        .asText())
                .isEqualTo("Uploaded");
    }

    @Test
    void shouldRequireAConfirmationToRunAScript() {
        CommandLineRun run =
                run("live-response", "run", first, "--script", "collect-logs.ps1", "--comment", "case 4711");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("must be confirmed: add --yes");
        assertThat(rows(run(
                        "live-response",
                        "run",
                        first,
                        "--script",
                        "collect-logs.ps1",
                        "--comment",
                        "case 4711",
                        "--dry-run")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("status").asText()).isEqualTo("DryRun"));
        assertThat(service.emulator().journal().calls()).isEmpty();
    }

    @Test
    void shouldCopyAFileInSpiteOfAnInterruption() throws IOException {
        Path copy = folder.resolve("quay.zip");
        service.emulator().faults().add(Fault.resetAfter(30).on("download"));

        CommandLineRun run = run(
                "live-response",
                "get",
                first,
                "C:\\logs\\quay.log",
                "--out",
                copy.toString(),
                "--comment",
                "case 4711");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run)).singleElement().satisfies(row -> {
            assertThat(row.get("file").asText()).isEqualTo(copy.toString());
            assertThat(row.get("bytes").asLong()).isEqualTo(Files.size(copy));
            assertThat(row.get("sha256").asText()).hasSize(64);
        });
        assertThat(Files.readString(copy)).startsWith("Content of ").endsWith("\n");
        assertThat(run("live-response", "get", first, "a", "--out", folder.toString(), "--comment", "c")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldDownloadPackages() throws IOException {
        CommandLineRun run =
                run("machine", "collect", first, third, "--comment", "case 4711", "--wait", "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(rows(run))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.get("file").asText())
                        .isEqualTo(folder.resolve(row.get("machineId").asText() + ".zip")
                                .toString()));
        assertThat(folder).isDirectoryContaining("glob:**" + first + ".zip");
        Path file = folder.resolve("absent");
        assertThat(run("machine", "collect", first, "--comment", "c", "--out", file.toString())
                        .err())
                .contains("--out requires --wait");
        assertThat(run("machine", "collect", first, third, "--comment", "c", "--wait", "--out", file.toString())
                        .err())
                .contains("--out must be a directory for several devices");
    }

    @Test
    void shouldWaitForInvestigations() {
        CommandLineRun run = run("machine", "investigate", first, "--comment", "case 4711", "--wait");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(rows(run)).singleElement().satisfies(row -> {
            assertThat(row.get("actionId").asText()).isNotEmpty();
            assertThat(row.get("status").asText()).isEqualTo("Benign");
        });
    }
}
