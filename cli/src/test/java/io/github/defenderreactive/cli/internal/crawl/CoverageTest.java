package io.github.defenderreactive.cli.internal.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.Fixtures;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The coverage of the operations in the tables that were written from the documentation, from the description to a
 * response of the emulator.
 */
class CoverageTest {

    /** No operation returns the id of a session, which is the argument of this one. */
    private static final Set<String> EMPTY_IN_CRAWL = Set.of("listScanHistoryBySession");

    private static final Map<String, JsonNode> CRAWLED = new HashMap<>();

    @BeforeAll
    static void crawl() throws IOException {
        CommandLineRun run = CommandLineRun.of("crawl", "--emulator", "--actions", "--output", "json");
        for (String line : run.lines()) {
            JsonNode row = Json.tree(line);
            CRAWLED.put(row.get("operation").textValue(), row);
        }
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    /** A row of a table. */
    private record Row(List<String> cells) {

        static List<Row> of(Path table) throws IOException {
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> new Row(List.of(line.split("\t", -1))))
                    .toList();
        }

        String operation() {
            return cells.get(0);
        }
    }

    static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.ROOT.resolve("api-spec/src/test/resources/operations"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldCoverEveryRow(Path table) throws IOException {
        List<String> missing = new ArrayList<>();
        DocumentedJavaCalls calls = DocumentedJavaCalls.read();
        for (Row row : Row.of(table)) {
            Operation<?> operation = Api.find(row.operation()).orElse(null);
            if (operation == null) {
                missing.add(row.operation() + ": no operation");
                continue;
            }
            if (!facts(operation.info()).equals(row.cells())) {
                missing.add(row.operation() + ": facts differ from the table: " + facts(operation.info()));
            }
            if (!calls.exists(row.operation())) {
                missing.add(row.operation() + ": the client has no such call as documented");
            }
            if (!answered(operation)) {
                missing.add(row.operation() + ": no response of the emulator: " + CRAWLED.get(row.operation()));
            }
            missing.addAll(payloads(operation));
        }
        assertThat(missing).isEmpty();
    }

    /** The tables omit two operations that were removed from the documentation and one misprint of another. */
    @Test
    void shouldCoverTheDocumentedNumberOfOperations() throws IOException {
        Path table = Fixtures.ROOT.resolve("api-spec/src/test/resources/operations/defender-endpoint.tsv");
        assertThat(Row.of(table)).hasSize(114);
    }

    @Test
    void shouldHaveNoOperationOutsideTheTables() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path table : tables()) {
            Row.of(table).forEach(row -> rows.add(row.operation()));
        }
        assertThat(Api.all()).extracting(operation -> operation.info().id()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(CRAWLED.keySet()).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static List<String> facts(OperationInfo info) {
        return List.of(
                info.id(),
                info.method(),
                info.path(),
                orDash(info.permissions().application()),
                orDash(info.permissions().delegated()),
                orDash(info.quota().perMinute()),
                orDash(info.quota().perHour()));
    }

    private static String orDash(List<String> names) {
        return names.isEmpty() ? "-" : String.join(",", names);
    }

    private static String orDash(int number) {
        return number == 0 ? "-" : Integer.toString(number);
    }

    private static boolean answered(Operation<?> operation) {
        JsonNode row = CRAWLED.get(operation.info().id());
        return row != null
                && row.get("outcome").textValue().equals("ok")
                && (operation.shape() == ResponseShape.EMPTY
                        || EMPTY_IN_CRAWL.contains(operation.info().id())
                        || row.get("items").intValue() > 0);
    }

    private static List<String> payloads(Operation<?> operation) throws IOException {
        List<String> missing = new ArrayList<>();
        if (operation.requestDecoder() != null) {
            Path file = Fixtures.request(operation);
            if (!Files.exists(file) || !roundTrips(operation.requestDecoder(), Json.tree(Files.readAllBytes(file)))) {
                missing.add(operation.info().id() + ": no request that survives a round trip");
            }
        }
        if (operation.shape() != ResponseShape.EMPTY) {
            Path file = Fixtures.response(operation);
            JsonDecoder<?> decoder = Objects.requireNonNull(operation.responseDecoder());
            List<JsonNode> items = Files.exists(file) ? Json.items(Json.tree(Files.readAllBytes(file))) : List.of();
            boolean same = !items.isEmpty();
            for (JsonNode item : items) {
                same &= roundTrips(decoder, item);
            }
            if (!same) {
                missing.add(operation.info().id() + ": no response that survives a round trip");
            }
        }
        return missing;
    }

    private static boolean roundTrips(JsonDecoder<?> decoder, JsonNode json) throws IOException {
        Object model = Objects.requireNonNull(decoder.read(JsonReader.of(json.toString())));
        String written = JsonWriter.toJson(Printing.encodable(model));
        return Json.canonical(Json.tree(written)).equals(Json.canonical(json));
    }
}
