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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads against the description: the fixtures of this project, and, when the system property
 * {@code defender.examples} names a directory, every file there.
 */
class PayloadContractTest {

    private static final Path FIXTURES = Path.of(System.getProperty("defender.root"), "api-spec", "fixtures");

    @TestFactory
    Stream<DynamicTest> shouldKeepTheSchemaInEveryFixture() {
        return Bundle.apis().stream().flatMap(api -> {
            Bundle bundle = Bundle.load(api);
            return fixtures(api).stream().map(payload -> check(bundle, payload));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.defenderreactive.apispec.Bundle#apis")
    void shouldHaveAFixtureForEveryBody(String api) {
        Bundle bundle = Bundle.load(api);
        List<Payload> fixtures = fixtures(api);

        assertThat(subjects(fixtures, Kind.REQUEST))
                .containsExactlyInAnyOrderElementsOf(
                        operations(bundle, operation -> operation.request().isPresent()));
        assertThat(subjects(fixtures, Kind.RESPONSE))
                .containsExactlyInAnyOrderElementsOf(
                        operations(bundle, operation -> operation.response().isPresent()));
    }

    @ParameterizedTest
    @MethodSource("io.github.defenderreactive.apispec.Bundle#apis")
    void shouldHaveAFixtureForEveryCaseOfAUnion(String api) throws IOException {
        StringBuilder texts = new StringBuilder();
        for (Payload payload : fixtures(api)) {
            texts.append(Files.readString(payload.file()));
        }
        List<String> cases = new ArrayList<>();
        Bundle.load(api)
                .components()
                .path("schemas")
                .forEach(schema -> schema.at("/discriminator/mapping")
                        .fieldNames()
                        .forEachRemaining(value -> cases.add("\"" + value + "\"")));

        assertThat(cases).allSatisfy(value -> assertThat(texts).contains(value));
    }

    @Test
    void shouldUseEveryAllowedDeviation() throws IOException {
        AllowedFields allowed = AllowedFields.load();
        for (String api : Bundle.apis()) {
            Bundle bundle = Bundle.load(api);
            PayloadSchemas schemas = new PayloadSchemas(bundle);
            PayloadCheck check = new PayloadCheck(bundle.components(), allowed);
            for (Payload payload : fixtures(api)) {
                check.problems(payload.file(), schemas.schema(payload));
            }
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
        Map<Payload, Bundle> covered = new LinkedHashMap<>();
        List<Payload> others = new ArrayList<>();
        for (Payload payload : payloads(Path.of(directory))) {
            Optional<Bundle> bundle = Bundle.apis().stream()
                    .map(Bundle::load)
                    .filter(candidate -> new PayloadSchemas(candidate).covers(payload))
                    .findFirst();
            bundle.ifPresentOrElse(found -> covered.put(payload, found), () -> others.add(payload));
        }
        // On the console, so that nobody takes a skipped file for a checked one.
        System.out.println("Examples: " + covered.size() + " checked, " + others.size()
                + " skipped because the description does not cover them yet: " + names(others));
        return Stream.concat(
                Stream.of(dynamicTest("examples", () -> assertThat(covered).isNotEmpty())),
                covered.entrySet().stream().map(entry -> check(entry.getValue(), entry.getKey())));
    }

    private static DynamicTest check(Bundle bundle, Payload payload) {
        PayloadSchemas schemas = new PayloadSchemas(bundle);
        PayloadCheck check = new PayloadCheck(bundle.components(), AllowedFields.load());
        return dynamicTest(
                payload.file().getFileName().toString(),
                () -> assertThat(
                                schemas.wrapped(payload)
                                        ? check.problemsOfWrapped(payload.file(), schemas.schema(payload))
                                        : check.problems(payload.file(), schemas.schema(payload)))
                        .as("%s", payload.file().getFileName())
                        .isEmpty());
    }

    private static List<String> operations(Bundle bundle, Predicate<Operation> condition) {
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

    private static List<Payload> fixtures(String api) {
        return payloads(FIXTURES.resolve(api));
    }

    private static List<Payload> payloads(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(Payload::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
