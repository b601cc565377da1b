package io.github.defenderreactive.cli.internal.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.cli.internal.crawl.CrawlRow.Outcome;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrawlTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldOnlyReadByDefault() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("crawl", "--emulator", "--size", "300", "--limit", "5", "--output", "json");

        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (String line : run.lines()) {
            JsonNode row = JSON.readTree(line);
            rows.put(row.get("operation").textValue(), row);
        }
        assertThat(rows).containsKeys("listAlerts", "getMachine").doesNotContainKeys("updateAlert", "isolateMachine");
        assertThat(rows.get("listAlerts").get("items").intValue()).isEqualTo(5);
        assertThat(rows.values())
                .noneMatch(row -> row.get("outcome").textValue().startsWith("failed"));
        assertThat(run.err()).contains("0 failed");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void shouldCountThePagesOfAListReadToItsEnd() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(12_345).start();
                DefenderClient client = DefenderClient.builder()
                        .connection(emulator.connection())
                        .build()) {
            assertThat(rows(client, List.of("listAlerts"), "listAlerts"))
                    .extracting(CrawlRow::operation, CrawlRow::items, CrawlRow::calls)
                    .containsExactly(tuple("listAlerts", 12_345L, 2L));
        }
    }

    @Test
    void shouldRejectActionsOnATenant() throws IOException {
        try (StaticServer server = new StaticServer(200, new byte[0])) {
            CommandLineRun run =
                    CommandLineRun.of(Stream.concat(Stream.of("crawl", "--actions"), server.options().stream())
                            .toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--actions", "--emulator");
            assertThat(server.requests()).isEmpty();
        }
        CommandLineRun negative = CommandLineRun.of("crawl", "--emulator", "--limit", "-1");
        assertThat(negative.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldFailForAnOperationWithoutARecipe() throws IOException {
        assertThat(rows(200, "{\"value\":[]}", List.of("listMachines"), "listMachines", "listAlerts"))
                .extracting(CrawlRow::operation, CrawlRow::outcome)
                .containsExactly(tuple("listMachines", Outcome.OK), tuple("listAlerts", Outcome.FAILED));
    }

    @Test
    void shouldDistinguishExpectedRefusalsFromFailures() throws IOException {
        String body = "{\"error\":{\"code\":\"NotFound\",\"message\":\"none\",\"target\":\"t\"}}";
        assertThat(rows(404, body, List.of("getAlert id=x refusal=404", "getMachine id=x"), "getAlert", "getMachine"))
                .extracting(CrawlRow::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.FAILED);
    }

    @Test
    void shouldSkipAnOperationWithoutArguments() throws IOException {
        List<String> recipes = List.of("listAlerts", "getAlert id=${listAlerts.id}");
        assertThat(rows(200, "{\"value\":[]}", recipes, "listAlerts", "getAlert"))
                .extracting(CrawlRow::outcome, CrawlRow::text)
                .containsExactly(tuple(Outcome.OK, ""), tuple(Outcome.SKIPPED, "no response contains listAlerts.id"));
    }

    private static List<CrawlRow> rows(int status, String body, List<String> recipes, String... operations)
            throws IOException {
        try (StaticServer server = new StaticServer(status, body.getBytes(StandardCharsets.UTF_8));
                DefenderClient client = server.client()) {
            return rows(client, recipes, operations);
        }
    }

    private static List<CrawlRow> rows(DefenderClient client, List<String> recipes, String... operations) {
        Crawl crawl = new Crawl(client, recipes.stream().map(Recipe::parse).toList(), false, null);
        return crawl.rows(Stream.of(operations)
                        .<Operation<?>>map(id -> Api.find(id).orElseThrow())
                        .toList())
                .collectList()
                .block();
    }
}
