package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.process.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that the locale cannot decode: nothing is sent, and the way out is said. */
@Timeout(120)
class UndecodedTextTest {

    private static final Map<String, String> NO_LOCALE = Map.of("LC_ALL", "C");
    private static final Map<String, String> UTF_8 = Map.of("LC_ALL", "C.UTF-8");
    private static final String WAY_OUT = "LC_ALL=C.UTF-8";

    @TempDir
    Path folder;

    private StaticServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StaticServer(200, "{\"id\":\"da1_-1\"}".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private CommandProcess command(Map<String, String> environment, String shell, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(server.options());
        return CommandProcess.start(List.of(), environment, all, "", shell);
    }

    private void shouldRefuse(CommandProcess command, String... words) throws IOException, InterruptedException {
        try (command) {
            assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCode.USAGE);
            assertThat(command.err()).hasLineCount(1).startsWith("defender: ").contains(words);
            assertThat(command.out()).isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--param id=a --body $'{\"comment\":\"f\\xc3\\xbcr\"}'",
                "--param $'id=\\xe6\\x97\\xa5'",
                "--param id=a --body $'@\\xc3\\xbc.json'",
                "--param id=a --ca-file $'\\xc3\\xbc.pem'"
            })
    void shouldRefuseArgumentsWithoutALocale(String shell) throws IOException, InterruptedException {
        shouldRefuse(command(NO_LOCALE, shell, "call", "updateAlert"), "Argument ", "ANSI_X3.4-1968", WAY_OUT);
    }

    @Test
    void shouldSendThemWithOne() throws IOException, InterruptedException {
        try (CommandProcess command =
                command(UTF_8, "--param $'id=\\xe6\\x97\\xa5\\xef\\xbf\\xbd'", "call", "getAlert")) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(server.requests()).containsExactly("GET /api/alerts/%E6%97%A5%EF%BF%BD");
        }
    }

    @Test
    void shouldRefuseAnotherEncodingThanThatOfTheLocale() throws IOException, InterruptedException {
        shouldRefuse(command(UTF_8, "--param $'id=f\\xfcr'", "call", "getAlert"), "Argument ", "are not UTF-8");
    }

    @Test
    void shouldRefuseAVariableThatIsUsed() throws IOException, InterruptedException {
        String set = "export $'DEFENDER_CLOUD=gcc\\xc3\\xbc'; ";
        List<String> arguments = new ArrayList<>(List.of("call", "getAlert", "--param", "id=a"));
        arguments.addAll(server.options());
        shouldRefuse(
                CommandProcess.start(List.of(), NO_LOCALE, arguments, set, ""),
                "environment variable DEFENDER_CLOUD",
                WAY_OUT);

        // The option has the last word.
        arguments.addAll(List.of("--cloud", "gcc"));
        try (CommandProcess unused = CommandProcess.start(List.of(), NO_LOCALE, arguments, set, "")) {
            assertThat(unused.exitCode()).as(unused.err()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "operations --output J\uFFFD",
        "call listAlerts --emulator --param filter=\uFFFD",
        "download getInvestigationPackageUri --emulator --param id=a --to \uFFFD",
        "alerts stream --emulator --filter \uFFFD",
        "alerts stream --emulator --watch --cursor \uFFFD",
        "token --emulator --operations \uFFFD",
        "permissions --operations \uFFFD",
        "crawl --emulator --limit \uFFFD",
        "--\uFFFD"
    })
    void shouldRefuseEveryArgumentOfEveryCommand(String line) {
        CommandLineRun run = inLocale(Map.of(), line.split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains("Argument ", WAY_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEFENDER_TENANT_ID",
                "DEFENDER_CLIENT_ID",
                "DEFENDER_CLIENT_SECRET",
                "DEFENDER_CERTIFICATE_PATH",
                "DEFENDER_CERTIFICATE_PASSWORD",
                "DEFENDER_BASE_URL",
                "DEFENDER_AUTHORITY",
                "DEFENDER_CLOUD",
                "AZURE_TENANT_ID",
                "AZURE_FEDERATED_TOKEN_FILE",
                "AZURE_AUTHORITY_HOST"
            })
    void shouldRefuseEveryVariableThatSaysWhereAndAsWhom(String variable) {
        CommandLineRun run = inLocale(Map.of(variable, "s\uFFFDcret"), "call", "listAlerts");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(variable, WAY_OUT).doesNotContain("cret ");

        CommandLineRun without = inLocale(Map.of(variable, "s\uFFFDcret"), "permissions", "--operations", "listAlerts");
        assertThat(without.exitCode()).isZero();
    }

    @Test
    void shouldRefuseANameInAFolderWhoseNameIsUndecoded() throws IOException {
        Files.createFile(folder.resolve("x"));
        String real = System.setProperty("user.dir", folder + "/\uFFFD");
        try {
            CommandLineRun run = inLocale(
                    Map.of(), "download", "getInvestigationPackageUri", "--emulator", "--param", "id=a", "--to", "x");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("working directory", WAY_OUT);
        } finally {
            System.setProperty("user.dir", real);
        }
    }

    /** As the JVM is when the locale is not set. */
    private static CommandLineRun inLocale(Map<String, String> variables, String... arguments) {
        String real = System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
        try {
            return CommandLineRun.of(variables, arguments);
        } finally {
            System.setProperty("sun.jnu.encoding", real);
        }
    }
}
