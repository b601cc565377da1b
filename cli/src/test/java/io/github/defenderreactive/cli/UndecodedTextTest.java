package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.internal.process.ExitCode;
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

/** Text that the locale cannot decode: nothing is sent, and the message names a remedy. */
@Timeout(120)
class UndecodedTextTest {

    private static final Map<String, String> NO_LOCALE = Map.of("LC_ALL", "C");
    private static final Map<String, String> UTF_8 = Map.of("LC_ALL", "C.UTF-8");
    private static final String REMEDY = "LC_ALL=C.UTF-8";

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

    private void shouldReject(CommandProcess command, String... words) throws IOException, InterruptedException {
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
    void shouldRejectArgumentsWithoutALocale(String shell) throws IOException, InterruptedException {
        shouldReject(command(NO_LOCALE, shell, "call", "updateAlert"), "Argument ", "ANSI_X3.4-1968", REMEDY);
    }

    @Test
    void shouldSendArgumentsWithALocale() throws IOException, InterruptedException {
        try (CommandProcess command =
                command(UTF_8, "--param $'id=\\xe6\\x97\\xa5\\xef\\xbf\\xbd'", "call", "getAlert")) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(server.requests()).containsExactly("GET /api/alerts/%E6%97%A5%EF%BF%BD");
        }
    }

    @Test
    void shouldRejectAnotherEncodingThanThatOfTheLocale() throws IOException, InterruptedException {
        shouldReject(command(UTF_8, "--param $'id=f\\xfcr'", "call", "getAlert"), "Argument ", "are not UTF-8");
    }

    @Test
    void shouldRejectAVariableThatIsUsed() throws IOException, InterruptedException {
        String set = "export $'DEFENDER_CLOUD=gcc\\xc3\\xbc'; ";
        List<String> arguments = new ArrayList<>(List.of("call", "getAlert", "--param", "id=a"));
        arguments.addAll(server.options());
        shouldReject(
                CommandProcess.start(List.of(), NO_LOCALE, arguments, set, ""),
                "environment variable DEFENDER_CLOUD",
                REMEDY);

        // The option takes precedence.
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
    void shouldRejectEveryArgumentOfEveryCommand(String line) {
        CommandLineRun run = inLocale(Map.of(), line.split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains("Argument ", REMEDY);
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
    void shouldRejectEveryVariableOfTheConnection(String variable) {
        CommandLineRun run = inLocale(Map.of(variable, "s\uFFFDcret"), "call", "listAlerts");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(variable, REMEDY).doesNotContain("cret ");

        CommandLineRun without = inLocale(Map.of(variable, "s\uFFFDcret"), "permissions", "--operations", "listAlerts");
        assertThat(without.exitCode()).isZero();
    }

    @Test
    void shouldRejectAFileInAFolderWithAnUndecodedName() throws IOException {
        Files.createFile(folder.resolve("x"));
        String real = System.setProperty("user.dir", folder + "/\uFFFD");
        try {
            CommandLineRun run = inLocale(
                    Map.of(), "download", "getInvestigationPackageUri", "--emulator", "--param", "id=a", "--to", "x");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("working directory", REMEDY);
        } finally {
            System.setProperty("user.dir", real);
        }
    }

    /** Runs the command as in a JVM without a locale. */
    private static CommandLineRun inLocale(Map<String, String> variables, String... arguments) {
        String real = System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
        try {
            return CommandLineRun.of(variables, arguments);
        } finally {
            System.setProperty("sun.jnu.encoding", real);
        }
    }
}
