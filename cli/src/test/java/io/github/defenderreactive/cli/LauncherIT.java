package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher of the distribution, started by a shell as a user does. */
@Timeout(180)
class LauncherIT {

    private static final String ARCHIVE = System.getProperty("defender.distribution");
    private static final String VERSION = System.getProperty("defender.version");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    static Path installation;

    private static Path launcher;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path opt = Files.createDirectory(installation.resolve("with a space"));
        Run tar = run(Map.of(), List.of("tar", "-xzf", ARCHIVE + ".tar.gz", "-C", opt.toString()));
        assertThat(tar.exitCode()).as(tar.err()).isZero();
        launcher = opt.resolve("defender-" + VERSION).resolve("bin/defender");
    }

    private record Run(int exitCode, String out, String err) {}

    /** Runs a program with no environment but the given one. */
    private static Run run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path err = Files.createTempFile("launcher", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Run run = new Run(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return run;
    }

    private static Run launch(Path path, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    private static Map<String, String> realJava() {
        return Map.of("JAVA_HOME", JAVA_HOME.toString());
    }

    /** A program that claims to be a version of Java and otherwise prints its arguments. */
    private Path fakeJava(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'Picked up JAVA_TOOL_OPTIONS: -Da="b"' >&2
                    echo 'openjdk version "%s" 2026-01-01' >&2
                    exit 0
                fi
                printf '<%%s>\\n' "$@"
                exit 42
                """.formatted(version));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    @Test
    void shouldRunTheCommandFromAPathWithASpace() throws IOException, InterruptedException {
        Run version = launch(launcher, realJava(), "--version");
        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(version.out()).isEqualTo("defender " + VERSION + "\n");

        Run alerts = launch(launcher, realJava(), "alerts", "stream", "--emulator", "--size", "3");
        assertThat(alerts.exitCode()).as(alerts.err()).isZero();
        assertThat(alerts.out()).hasLineCount(3);

        Run usage = launch(launcher, realJava(), "call", "listAlertz");
        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(usage.err()).contains("Unknown operation listAlertz");
    }

    @Test
    void shouldFindItsFolderThroughSymbolicLinks() throws IOException, InterruptedException {
        Path links = Files.createDirectory(folder.resolve("more links"));
        Path absolute = Files.createSymbolicLink(links.resolve("absolute"), launcher);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("more links/absolute"));
        for (Path link : List.of(absolute, relative)) {
            assertThat(launch(link, realJava(), "--version").out()).isEqualTo("defender " + VERSION + "\n");
        }

        Run onPath = run(
                Map.of("JAVA_HOME", JAVA_HOME.toString(), "PATH", folder + ":" + System.getenv("PATH")),
                List.of("sh", "-c", "cd / && relative --version"));
        assertThat(onPath.out()).isEqualTo("defender " + VERSION + "\n");
    }

    @Test
    void shouldPassArgumentsAndOptionsOfTheJvm() throws IOException, InterruptedException {
        Run run = launch(
                launcher,
                Map.of(
                        "JAVA_HOME",
                        fakeJava("jdk 17", "17.0.15").toString(),
                        "DEFENDER_JAVA_OPTS",
                        "-Xmx1g  -Dpattern=/*"),
                "call",
                "a b",
                "",
                "it's \"$HOME\" *");

        Path jar = launcher.resolveSibling("../defender.jar").normalize().toRealPath();
        assertThat(run.out().lines())
                .containsExactly(
                        "<-Xmx1g>",
                        "<-Dpattern=/*>",
                        "<-jar>",
                        "<" + jar + ">",
                        "<call>",
                        "<a b>",
                        "<>",
                        "<it's \"$HOME\" *>");
        assertThat(run.exitCode()).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({"17", "17.0.15", "18-ea", "21.0.1", "100.1"})
    void shouldAcceptJava(String version) throws IOException, InterruptedException {
        Path bin = fakeJava("jdk", version).resolve("bin");

        Run run = launch(launcher, Map.of("PATH", bin + ":" + System.getenv("PATH")), "x");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(42);
        assertThat(run.out()).endsWith("<x>\n");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_292", "11.0.2", "16-ea"})
    void shouldRejectAnOlderJava(String version) throws IOException, InterruptedException {
        Path home = fakeJava("jdk", version);

        Run run = launch(launcher, Map.of("JAVA_HOME", home.toString()), "x");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("defender: Java 17 or newer is required, but " + home + "/bin/java is version " + version
                        + ". Set JAVA_HOME to the folder of a newer one\n");
    }

    @Test
    void shouldSayThatThereIsNoJava() throws IOException, InterruptedException {
        Run wrongHome = launch(launcher, Map.of("JAVA_HOME", folder.toString()), "x");
        assertThat(wrongHome.exitCode()).isEqualTo(1);
        assertThat(wrongHome.err())
                .isEqualTo("defender: Java was not found at " + folder
                        + "/bin/java. Set JAVA_HOME to the folder of Java 17 or newer\n");

        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink", "sed")) {
            Run found = run(Map.of(), List.of("sh", "-c", "command -v " + tool));
            Files.createSymbolicLink(tools.resolve(tool), Path.of(found.out().strip()));
        }
        Run nowhere = launch(launcher, Map.of("PATH", tools.toString()), "x");
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err())
                .isEqualTo("defender: Java was not found. Install Java 17 or newer, or set JAVA_HOME to its folder\n");
    }

    @Test
    void shouldHoldTheSameFilesInBothArchives() throws IOException, InterruptedException {
        List<String> tar = run(Map.of(), List.of("tar", "-tzf", ARCHIVE + ".tar.gz"))
                .out()
                .lines()
                .toList();
        try (ZipFile zip = new ZipFile(ARCHIVE + ".zip")) {
            String root = "defender-" + VERSION + "/";
            assertThat(tar)
                    .containsExactlyInAnyOrderElementsOf(zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .toList())
                    .contains(
                            root + "LICENSE",
                            root + "README.md",
                            root + "defender.jar",
                            root + "docs/command.md",
                            root + "bin/defender",
                            root + "bin/defender.cmd");
            byte[] windows =
                    zip.getInputStream(zip.getEntry(root + "bin/defender.cmd")).readAllBytes();
            assertThat(new String(windows, StandardCharsets.US_ASCII).replace("\r\n", ""))
                    .doesNotContain("\n");
        }
    }
}
