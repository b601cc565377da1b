package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.Fixtures;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallCommandTest {

    static Stream<Path> responses() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Api api : Api.values()) {
            collect(Fixtures.of(api), files);
        }
        String examples = System.getProperty("defender.examples");
        if (examples != null) {
            collect(Path.of(examples), files);
        }
        return files.stream();
    }

    private static void collect(Path folder, List<Path> into) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches("[A-Za-z]+\\.response(\\.\\d+)?\\.json"))
                    .filter(file -> operation(file).isPresent())
                    .sorted()
                    .forEach(into::add);
        }
    }

    private static Optional<Operation<?>> operation(Path file) {
        String name = file.getFileName().toString();
        return Api.find(name.substring(0, name.indexOf('.')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void shouldPrintEveryMemberOfAPayload(Path file) throws IOException {
        Operation<?> operation = operation(file).orElseThrow();
        byte[] body = Files.readAllBytes(file);
        try (StaticServer server = new StaticServer(200, body)) {
            List<String> arguments =
                    new ArrayList<>(List.of("call", operation.info().id()));
            for (ParameterInfo parameter : operation.info().parameters()) {
                if (parameter.required()) {
                    arguments.add("--param");
                    arguments.add(parameter.name() + "=" + argument(parameter));
                }
            }
            if (operation.requestDecoder() != null) {
                arguments.add("--body");
                arguments.add("@" + Fixtures.request(operation));
            }
            JsonNode tree = Json.tree(body);
            if (tree.has("@odata.nextLink") || operation.info().paging().strategy() == Paging.Strategy.OFFSET) {
                // The server responds with the same body for every page.
                arguments.add("--limit");
                arguments.add(String.valueOf(Json.items(tree).size()));
            }
            arguments.addAll(server.options());

            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(server.requests()).hasSize(1);
            List<String> expected = new ArrayList<>();
            if (operation.shape() == ResponseShape.SINGLE
                    && run.lines().size() == 1
                    && Json.tree(run.lines().get(0)).has("value")) {
                // an entity with a list of that name is not wrapped
                expected.add(Json.canonical(tree));
            } else if (operation.shape() != ResponseShape.EMPTY) {
                Json.items(tree).forEach(item -> expected.add(Json.canonical(item)));
            }
            List<String> printed = new ArrayList<>();
            for (String line : run.lines()) {
                printed.add(Json.canonical(Json.tree(line)));
            }
            assertThat(printed).isEqualTo(expected);
        }
    }

    private static String argument(ParameterInfo parameter) {
        if (parameter.location() == ParameterInfo.Location.FILE) {
            return "@" + Path.of(System.getProperty("defender.root"), "README.md");
        }
        return switch (parameter.name()) {
            case "timestamp", "sinceTime" -> "2026-11-01T10:20:30Z";
            case "ip" -> "10.20.30.40";
            case "index" -> "0";
            default -> "a-1_b";
        };
    }

    @Test
    void shouldPrintUnknownMembers() throws IOException {
        byte[] body = ("{\"id\":\"da1_-1\",\"severity\":\"Apocalyptic\",\"newMember\":{\"deep\":[1,2.50,null,\"x\"]},"
                        + "\"incidentId\":\"77\",\"comments\":{\"unexpected\":true}}")
                .getBytes(StandardCharsets.UTF_8);
        try (StaticServer server = new StaticServer(200, body)) {
            CommandLineRun run = call(server, "getAlert", "--param", "id=da1_-1");
            assertThat(run.exitCode()).isZero();
            assertThat(Json.canonical(Json.tree(run.out()))).isEqualTo(Json.canonical(Json.tree(body)));
        }
    }

    /** A time window would be visible in the query. */
    @Test
    void shouldFollowLinksOfAnOperationThatIsOtherwiseReadInWindows() throws IOException {
        byte[] body = "{\"value\":[{\"id\":\"da1_-1\"}],\"@odata.nextLink\":\"/api/alerts?$skip=1\"}"
                .getBytes(StandardCharsets.UTF_8);
        try (StaticServer server = new StaticServer(200, body)) {
            CommandLineRun run = call(server, "listAlerts", "--pages", "1");
            assertThat(run.exitCode()).isZero();
            assertThat(run.lines()).hasSize(1);
            assertThat(server.requests()).singleElement().asString().doesNotContain("alertCreationTime");
        }
    }

    @Test
    void shouldReportOperationAndRequestIdOfAnError() throws IOException {
        byte[] body =
                "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"Alert x was not found\",\"target\":\"|7b1\"}}"
                        .getBytes(StandardCharsets.UTF_8);
        try (StaticServer server = new StaticServer(404, body)) {
            CommandLineRun run = call(server, "getAlert", "--param", "id=x");
            assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("getAlert", "404", "ResourceNotFound", "|7b1");
        }
    }

    /** Wrong addresses, gateways and captive portals send such responses. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<html><body>Not Found</body></html>", "{}", "{\"message\":\"no Route matched\"}"})
    void shouldReportA404ThatIsNotOfTheService(String body) throws IOException {
        try (StaticServer server = new StaticServer(404, body.getBytes(StandardCharsets.UTF_8))) {
            for (String operation : List.of("listMachines", "listAlerts", "listVulnerabilities")) {
                CommandLineRun run = call(server, operation);
                assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).contains(operation, "404", "check the base URL");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/api", "/api/", "/API", "/api/v1.0"})
    void shouldAcceptABaseUrlWithAndWithoutThePathOfTheApi(String path) throws IOException {
        try (StaticServer server = new StaticServer(200, "{\"value\":[]}".getBytes(StandardCharsets.UTF_8))) {
            List<String> arguments = new ArrayList<>(List.of("call", "listMachines"));
            arguments.addAll(server.options());
            arguments.set(arguments.indexOf("--base-url") + 1, server.url() + path);

            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(server.requests()).singleElement().asString().startsWith("GET /api/machines");
        }
    }

    @Test
    void shouldReportABrokenConnectionInOneLine() throws IOException {
        try (ServerSocket breaking = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                StaticServer server = new StaticServer(200, new byte[0])) {
            Thread breaker = new Thread(() -> {
                while (!breaking.isClosed()) {
                    try (Socket caller = breaking.accept()) {
                        caller.getInputStream().read();
                    } catch (IOException e) {
                        return; // The test has ended.
                    }
                }
            });
            breaker.setDaemon(true);
            breaker.start();
            List<String> arguments = new ArrayList<>(List.of("call", "getAlert", "--param", "id=x"));
            arguments.addAll(server.options());
            arguments.set(arguments.indexOf("--base-url") + 1, "http://127.0.0.1:" + breaking.getLocalPort());

            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(ExitCode.SERVICE);
            assertThat(run.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("defender: ").contains("getAlert", "4 attempts"));
        }
    }

    @Test
    void shouldReportMissingArguments() throws IOException {
        try (StaticServer server = new StaticServer(200, new byte[0])) {
            CommandLineRun run = call(server, "getAlert");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("getAlert needs id", "--param");
            assertThat(server.requests()).isEmpty();

            assertThat(call(server, "getAlert", "--param", "identifier=x").err())
                    .contains("no parameter identifier", "id");
            assertThat(call(server, "getAlertz").err()).contains("Unknown operation getAlertz");
        }
        CommandLineRun nowhere = CommandLineRun.of("call", "getAlert", "--param", "id=x", "--client-id", "c");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err()).contains("--tenant", "--emulator");
    }

    @Test
    void shouldAcceptOneValuePerParameter() throws IOException {
        try (StaticServer server = new StaticServer(200, "{}".getBytes(StandardCharsets.UTF_8))) {
            for (List<String> twice : List.of(
                    List.of("listAlerts", "filter=id eq 'a'", "$filter=id eq 'b'"),
                    List.of("getAlert", "id=a", "id=b"),
                    List.of("getAlert", "id=a", "id=a"))) {
                CommandLineRun run = call(server, twice.get(0), "--param", twice.get(1), "--param", twice.get(2));
                assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(run.err()).startsWith("defender: --param ").contains("was given more than once");
            }
            CommandLineRun none = call(server, "getAlert", "--param", "id");
            assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(none.err()).isEqualTo("defender: --param must be NAME=VALUE, was id\n");
            assertThat(server.requests()).isEmpty();

            assertThat(call(server, "getAlert", "--param", "id=a=b").exitCode()).isZero();
            assertThat(server.requests()).containsExactly("GET /api/alerts/a%3Db");
        }
    }

    @Test
    void shouldRejectPlainHttpToOtherHosts() {
        CommandLineRun run = CommandLineRun.of(
                "call",
                "getAlert",
                "--param",
                "id=x",
                "--base-url",
                "http://192.0.2.1",
                "--authority",
                "http://192.0.2.1",
                "--tenant",
                "t",
                "--client-id",
                "c",
                "--client-secret-file",
                Path.of(System.getProperty("defender.root"), "README.md").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).containsIgnoringCase("http").contains("loopback");
    }

    private static CommandLineRun call(StaticServer server, String operation, String... more) {
        List<String> arguments = new ArrayList<>(List.of("call", operation));
        arguments.addAll(List.of(more));
        arguments.addAll(server.options());
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }
}
