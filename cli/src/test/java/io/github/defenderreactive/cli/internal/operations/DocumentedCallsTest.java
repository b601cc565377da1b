package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.Fixtures;
import io.github.defenderreactive.cli.ShellWords;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls in the reference of operations. */
class DocumentedCallsTest {

    private static final byte[] REFUSAL = "{\"error\":{\"code\":\"BadRequest\",\"message\":\"no\",\"target\":\"t\"}}"
            .getBytes(StandardCharsets.UTF_8);

    static Stream<String> calls() throws IOException {
        return Files.readAllLines(Fixtures.ROOT.resolve("docs/operations.md")).stream()
                .filter(line -> line.startsWith("defender call "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void shouldSendTheDocumentedCall(String line) throws IOException {
        List<String> words = ShellWords.of(line);
        Operation<?> operation = Api.find(words.get(2)).orElseThrow();
        try (StaticServer server = new StaticServer(400, REFUSAL)) {
            List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
            arguments.replaceAll(argument -> argument.replace("@FILE", "@" + Fixtures.ROOT.resolve("README.md")));
            arguments.addAll(server.options());

            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

            assertThat(run.err()).contains("400").contains(operation.info().id());
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request).startsWith(operation.info().method() + " /"));
        }
    }

    @Test
    void shouldDocumentACallOfEveryOperation() throws IOException {
        assertThat(calls().map(line -> ShellWords.of(line).get(2)))
                .containsExactlyInAnyOrderElementsOf(Api.all().stream()
                        .map(operation -> operation.info().id())
                        .toList());
    }
}
