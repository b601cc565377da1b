package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void shouldDownloadTheTargetOfALink() throws IOException {
        String id = packagedAction();
        Path file = folder.resolve("package.zip");

        CommandLineRun run = download("getInvestigationPackageUri", "--param", "id=" + id, "--to", file.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isZero();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String text =
                    new String(zip.getInputStream(zip.getEntry("summary.txt")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains(id);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }

        CommandLineRun printed = download("getInvestigationPackageUri", "--param", "id=" + id, "--to", "-");
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out()).startsWith("PK").contains("summary.txt");
    }

    @Test
    void shouldDownloadTheSelectedFileOfAnExport() throws IOException {
        Path file = folder.resolve("software.json.gz");

        CommandLineRun run = download("exportSoftwareInventoryFiles", "--index", "0", "--to", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            String records = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(records.lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
    }

    @Test
    void shouldReportAMissingLink() throws IOException {
        String to = folder.resolve("x").toString();
        assertThat(download("listAlerts", "--to", to).err()).contains("listAlerts does not return links");
        assertThat(download("getDeviceOwner", "--to", to).err()).contains("Unknown operation");
        assertThat(download("getInvestigationPackageUri", "--param", "id=x").err())
                .contains("--to");

        CommandLineRun second =
                download("getInvestigationPackageUri", "--param", "id=" + packagedAction(), "--index", "1", "--to", to);
        assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(second.err()).contains("the first is 0");

        CommandLineRun folderItself = download("exportSoftwareInventoryFiles", "--to", folder.toString());
        assertThat(folderItself.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(folderItself.err()).isEqualTo("defender: --to must name a file: " + folder + " is a directory\n");

        CommandLineRun missing = download("getInvestigationPackageUri", "--param", "id=nothing", "--to", to);
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(folder).isEmptyDirectory();
    }

    private static CommandLineRun download(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of("download", "--emulator"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Returns the id of an action with a package in the initial data of the emulator. */
    private static String packagedAction() throws IOException {
        for (String line :
                CommandLineRun.of("call", "listMachineActions", "--emulator").lines()) {
            JsonNode action = JSON.readTree(line);
            if (action.get("type").textValue().equals("CollectInvestigationPackage")
                    && action.get("status").textValue().equals("Succeeded")) {
                return action.get("id").textValue();
            }
        }
        throw new AssertionError("The emulator holds no package");
    }
}
