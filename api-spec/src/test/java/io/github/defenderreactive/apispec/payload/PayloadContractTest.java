package io.github.defenderreactive.apispec.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.defenderreactive.apispec.Bundle;
import io.github.defenderreactive.apispec.Operation;
import io.github.defenderreactive.apispec.payload.Payload.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Payloads against the description: the fixtures of this project, and, when the system property
 * {@code defender.examples} names a directory, every file there.
 */
class PayloadContractTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("defender.root"), "api-spec", "fixtures", "defender-endpoint");

    private final Bundle bundle = Bundle.load();
    private final PayloadSchemas schemas = new PayloadSchemas(bundle);

    @TestFactory
    Stream<DynamicTest> shouldKeepTheSchemaInEveryFixture() {
        return payloads(FIXTURES).stream().map(this::check);
    }

    @Test
    void shouldHaveAFixtureForEveryBody() {
        List<Payload> fixtures = payloads(FIXTURES);

        assertThat(subjects(fixtures, Kind.REQUEST))
                .containsExactlyInAnyOrderElementsOf(
                        operations(operation -> operation.request().isPresent()));
        assertThat(subjects(fixtures, Kind.RESPONSE))
                .containsExactlyInAnyOrderElementsOf(
                        operations(operation -> operation.response().isPresent()));
    }

    @Test
    void shouldUseEveryAllowedDeviation() throws IOException {
        AllowedFields allowed = AllowedFields.load();
        PayloadCheck check = new PayloadCheck(bundle.components(), allowed);
        for (Payload payload : payloads(FIXTURES)) {
            check.problems(payload.file(), schemas.schema(payload));
        }

        assertThat(allowed.unused()).isEmpty();
    }

    /** Without the property there is no example to check, and so no test. */
    @TestFactory
    Stream<DynamicTest> shouldKeepTheSchemaInEveryExample() {
        String directory = System.getProperty("defender.examples", "");
        if (directory.isEmpty()) {
            return Stream.empty();
        }
        List<Payload> examples = payloads(Path.of(directory));
        List<Payload> covered = examples.stream().filter(schemas::covers).toList();
        List<Payload> others =
                examples.stream().filter(payload -> !schemas.covers(payload)).toList();
        // On the console, so that nobody takes a skipped file for a checked one.
        System.out.println("Examples: " + covered.size() + " checked, " + others.size()
                + " skipped because the description does not cover them yet: " + names(others));
        return Stream.concat(
                Stream.of(dynamicTest("examples", () -> assertThat(covered).isNotEmpty())),
                covered.stream().map(this::check));
    }

    private DynamicTest check(Payload payload) {
        PayloadCheck check = new PayloadCheck(bundle.components(), AllowedFields.load());
        return dynamicTest(
                payload.file().getFileName().toString(),
                () -> assertThat(check.problems(payload.file(), schemas.schema(payload)))
                        .as("%s", payload.file().getFileName())
                        .isEmpty());
    }

    private List<String> operations(Predicate<Operation> condition) {
        return bundle.operations().values().stream()
                .filter(condition)
                .map(Operation::id)
                .toList();
    }

    private static List<String> subjects(List<Payload> payloads, Kind kind) {
        return payloads.stream()
                .filter(payload -> payload.kind() == kind)
                .map(Payload::subject)
                .distinct()
                .toList();
    }

    private static String names(List<Payload> payloads) {
        return payloads.stream()
                .map(payload -> payload.file().getFileName().toString())
                .collect(Collectors.joining(" "));
    }

    private static List<Payload> payloads(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(Payload::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
