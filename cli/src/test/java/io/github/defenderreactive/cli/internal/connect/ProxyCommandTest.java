package io.github.defenderreactive.cli.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.ConnectProxy;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every connection of the command goes through the proxy that an option or the environment names. */
class ProxyCommandTest {

    private static final String HOST = "api.harbour.example";
    private static final String PASSWORD = "p@ss/w:rd-of-the-test";
    private static final String ENCODED = "p%40ss%2Fw%3Ard-of-the-test";
    private static final List<String> NEVER_SHOWN = List.of(
            PASSWORD,
            ENCODED,
            "rd-of-the-test",
            // of user:password
            "dXNlcjpwQHNzL3c6cmQtb2YtdGhlLXRlc3Q");

    @TempDir
    Path folder;

    private static CommandLineRun run(Map<String, String> variables, List<String> arguments) {
        CommandLineRun run = CommandLineRun.of(variables, arguments.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(NEVER_SHOWN);
        return run;
    }

    private static String url(ConnectProxy proxy, String credentials) {
        return "http://" + credentials + "127.0.0.1:" + proxy.port();
    }

    private Path password() throws IOException {
        return Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    // ---- The proxy of --proxy, with the emulator behind it

    private List<String> toEmulator(DefenderEmulator emulator, String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(EmulatedService.options(emulator));
        arguments.addAll(List.of(
                "--client-secret-file",
                Files.writeString(folder.resolve("secret"), emulator.clientSecret())
                        .toString(),
                "--ca-file",
                Files.writeString(folder.resolve("ca.pem"), emulator.certificatePem())
                        .toString()));
        return arguments;
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void shouldUseTheProxyOfTheOption() throws Exception {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(3).start();
                ConnectProxy proxy = ConnectProxy.to(emulator.baseUrl().getPort(), "user", PASSWORD)) {
            String through = url(proxy, "user@");
            String file = password().toString();
            Path download = folder.resolve("software.gz");
            for (List<String> command : List.of(
                    toEmulator(emulator, "call", "listAlerts", "--limit", "1"),
                    toEmulator(emulator, "alerts", "stream", "--limit", "1"),
                    toEmulator(emulator, "token"),
                    toEmulator(emulator, "crawl"),
                    toEmulator(emulator, "download", "exportSoftwareInventoryFiles", "--to", download.toString()))) {
                int before = proxy.targets().size();
                CommandLineRun run =
                        run(Map.of("NO_PROXY", "*"), with(command, "--proxy", through, "--proxy-password-file", file));

                assertThat(run.exitCode()).as("%s: %s", command, run.err()).isZero();
                // The authority and the storage of links have connections of their own.
                int connections =
                        command.get(0).equals("token") ? 1 : command.get(0).equals("download") ? 3 : 2;
                assertThat(proxy.targets().subList(before, proxy.targets().size()))
                        .as("%s", command)
                        .hasSizeGreaterThanOrEqualTo(connections)
                        .allMatch(("localhost:" + emulator.baseUrl().getPort())::equals);
            }
            assertThat(download).isNotEmptyFile();

            CommandLineRun ofVariable = run(
                    Map.of("DEFENDER_PROXY_PASSWORD", PASSWORD, "HTTPS_PROXY", "http://127.0.0.1:1"),
                    toEmulator(emulator, "token", "--proxy", through));
            assertThat(ofVariable.exitCode()).as(ofVariable.err()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"call listAlerts", "token", "alerts stream"})
    void shouldReportImmediatelyThatTheProxyRejectsTheCredentials(String command) throws Exception {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(3).start();
                ConnectProxy proxy = ConnectProxy.to(emulator.baseUrl().getPort(), "user", "another")) {
            List<String> arguments = toEmulator(emulator, command.split(" "));

            CommandLineRun refused =
                    run(Map.of("DEFENDER_PROXY_PASSWORD", PASSWORD), with(arguments, "--proxy", url(proxy, "user@")));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.SERVICE);
            assertThat(refused.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("127.0.0.1:" + proxy.port(), "status 407", "check its user and password"));

            CommandLineRun without = run(Map.of(), with(arguments, "--proxy", url(proxy, "")));
            assertThat(without.exitCode()).isEqualTo(ExitCode.SERVICE);
            assertThat(without.err()).contains("status 407", "requires a user and a password");

            // One attempt each.
            assertThat(proxy.targets()).hasSize(2);
        }
    }

    // ---- The proxy of the environment, with a remote host behind it

    /** Starts a service with a host name that only the proxy resolves. */
    private static FaultServer service() throws Exception {
        FaultServer server = FaultServer.startTls(HOST);
        server.answer(request -> Answer.json(
                request.uri().endsWith("/token")
                        ? "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"opaque-token\"}"
                        : "{\"value\":[{\"id\":\"7001\"}]}"));
        return server;
    }

    private List<String> toService(FaultServer server) throws IOException {
        return List.of(
                "call",
                "listIndicators",
                "--base-url",
                "https://" + HOST,
                "--authority",
                "https://" + HOST,
                "--tenant",
                "tenant-a",
                "--client-id",
                "client-a",
                "--client-secret-file",
                Files.writeString(folder.resolve("secret"), "a-secret").toString(),
                "--ca-file",
                Files.writeString(folder.resolve("ca.pem"), server.certificatePem())
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void shouldUseTheProxyOfTheEnvironment(String variable) throws Exception {
        try (FaultServer server = service();
                ConnectProxy proxy = ConnectProxy.to(server.port(), "user", PASSWORD)) {
            Map<String, String> variables = Map.of(
                    variable, url(proxy, "user:" + ENCODED + "@"), "NO_PROXY", "localhost,.other.example,10.0.0.0/8");

            CommandLineRun run = run(variables, toService(server));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("{\"id\":\"7001\"}\n");
            assertThat(proxy.targets()).containsExactly(HOST + ":443", HOST + ":443");
        }
    }

    @Test
    void shouldReportThatTheProxyRejectsTheCredentialsOfTheEnvironment() throws Exception {
        try (FaultServer server = service();
                ConnectProxy proxy = ConnectProxy.to(server.port(), "user", "another")) {
            CommandLineRun run = run(Map.of("HTTPS_PROXY", url(proxy, "user:" + ENCODED + "@")), toService(server));

            assertThat(run.exitCode()).isEqualTo(ExitCode.SERVICE);
            assertThat(run.err()).contains("status 407", "check its user and password");
            assertThat(proxy.targets()).hasSize(1);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void shouldConnectToLoopbackAndManagedIdentityDirectly() throws Exception {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(3).start();
                DefenderEmulator platform =
                        DefenderEmulator.builder().size(3).plainHttp(true).start();
                ConnectProxy proxy = ConnectProxy.to(emulator.baseUrl().getPort())) {
            Map<String, String> variables = new HashMap<>();
            for (String name : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY")) {
                variables.put(name, url(proxy, ""));
            }

            CommandLineRun loopback = run(variables, toEmulator(emulator, "call", "listAlerts", "--limit", "1"));
            assertThat(loopback.exitCode()).as(loopback.err()).isZero();
            CommandLineRun builtIn = run(variables, List.of("call", "listAlerts", "--limit", "1", "--emulator"));
            assertThat(builtIn.exitCode()).as(builtIn.err()).isZero();
            Map<String, String> machine = new HashMap<>(variables);
            machine.putAll(platform.machineEnvironment());
            CommandLineRun identity = run(machine, List.of("token", "--managed-identity", "--proxy", url(proxy, "")));
            assertThat(identity.exitCode()).as(identity.err()).isZero();

            assertThat(proxy.targets()).isEmpty();
        }
    }

    // ---- Invalid proxies

    private static void refused(Map<String, String> variables, List<String> options, String... words) {
        List<String> arguments =
                new ArrayList<>(List.of("call", "listAlerts", "--tenant", "t", "--client-id", "c", "--device-code"));
        arguments.addAll(options);
        CommandLineRun run = run(variables, arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(words).doesNotContain("java.");
    }

    @Test
    void shouldRejectAnInvalidProxy() throws Exception {
        String file = password().toString();
        refused(Map.of(), List.of("--proxy", "https://proxy.example"), "--proxy", "must be http, was https");
        refused(Map.of(), List.of("--proxy", "socks5://proxy.example"), "--proxy", "must be http, was socks5");
        refused(Map.of(), List.of("--proxy", "http://user:" + PASSWORD + "@proxy.example"), "--proxy", "%2F");
        refused(
                Map.of(),
                List.of("--proxy", "http://user:" + ENCODED + "@proxy.example"),
                "--proxy must not hold a password",
                "--proxy-password-file");
        refused(Map.of(), List.of("--proxy", "user:" + ENCODED + "@proxy.example"), "must not hold a password");
        refused(
                Map.of(),
                List.of("--proxy", "http://user@proxy.example"),
                "The password of the user in --proxy is missing");
        refused(Map.of(), List.of("--proxy", "http://proxy.example:99999"), "--proxy", "65535");
        refused(Map.of(), List.of("--proxy", "two words"), "--proxy", "http://host:port");
        refused(
                Map.of(),
                List.of("--proxy", "http://proxy.example", "--proxy-password-file", file),
                "--proxy-password-file requires a user");
        refused(Map.of(), List.of("--proxy-password-file", file), "--proxy");
        refused(
                Map.of(),
                List.of("--proxy", "http://user@proxy.example", "--proxy-password-file", folder + "/none"),
                "Cannot read --proxy-password-file");
        refused(
                Map.of("HTTPS_PROXY", "https://user:" + ENCODED + "@proxy.example"),
                List.of(),
                "HTTPS_PROXY",
                "must be http, was https");
        refused(Map.of("https_proxy", "http://user:" + PASSWORD + "@proxy.example"), List.of(), "https_proxy", "%2F");
    }
}
