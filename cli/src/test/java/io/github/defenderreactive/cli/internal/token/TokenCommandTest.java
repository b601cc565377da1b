package io.github.defenderreactive.cli.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenCommandTest {

    @Test
    void shouldPrintTheClaimsOfAToken() throws IOException {
        Instant before = Instant.now();
        try (EmulatedService service = new EmulatedService(DefenderEmulator.builder()
                .roles("Alert.Read.All", "Machine.Read.All")
                .tokenLifetime(Duration.ofMinutes(20)))) {
            CommandLineRun run = service.run(secret(service), "token", "--output", "json");

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            JsonNode claims = Json.tree(run.out());
            assertThat(claims.get("api").textValue()).isEqualTo("defender-endpoint");
            assertThat(claims.get("audience").toString()).isEqualTo("[\"https://api.securitycenter.microsoft.com\"]");
            assertThat(claims.get("tenant").textValue())
                    .isEqualTo(service.emulator().tenantId());
            assertThat(claims.get("application").textValue())
                    .isEqualTo(service.emulator().clientId());
            assertThat(claims.get("roles").toString()).isEqualTo("[\"Alert.Read.All\",\"Machine.Read.All\"]");
            assertThat(Instant.parse(claims.get("issued").textValue()))
                    .isBetween(before.minusSeconds(1), Instant.now());
            assertThat(Instant.parse(claims.get("expires").textValue()))
                    .isBetween(before.plusSeconds(1199), Instant.now().plusSeconds(1200));
            assertThat(claims.get("remainingSeconds").longValue()).isBetween(1100L, 1200L);
            assertThat(claims.has("missing")).isFalse();
            assertThat(claims.has("token")).isFalse();
        }
    }

    @Test
    void shouldPrintMissingPermissions() throws IOException {
        try (EmulatedService service =
                new EmulatedService(DefenderEmulator.builder().roles("Alert.Read.All"))) {
            String[] command = {"token", "--operations", "listAlerts,isolateMachine,getMachine", "--output"};

            CommandLineRun json = service.run(secret(service), append(command, "json"));
            assertThat(json.exitCode()).isEqualTo(ExitCode.PERMISSION);
            assertThat(Json.tree(json.out()).get("missing").toString())
                    .isEqualTo("{\"isolateMachine\":[\"Machine.Isolate\"],"
                            + "\"getMachine\":[\"Machine.Read.All\",\"Machine.ReadWrite.All\"]}");

            CommandLineRun table = service.run(secret(service), append(command, "table"));
            assertThat(table.exitCode()).isEqualTo(ExitCode.PERMISSION);
            assertThat(table.lines())
                    .contains(
                            "roles             Alert.Read.All",
                            "missing           isolateMachine needs Machine.Isolate",
                            "missing           getMachine needs Machine.Read.All or Machine.ReadWrite.All");

            CommandLineRun enough = service.run(secret(service), "token", "--operations", "listAlerts");
            assertThat(enough.exitCode()).isZero();
            assertThat(enough.out()).doesNotContain("missing");
        }
    }

    private static String[] append(String[] words, String last) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @Test
    void shouldRequestATokenForEachApi() throws IOException {
        assertThat(audience("defender-endpoint")).isEqualTo("https://api.securitycenter.microsoft.com");
        assertThat(audience("graph-security")).isEqualTo("https://graph.microsoft.com");
        assertThat(audience("defender-xdr")).isEqualTo("https://api.security.microsoft.com");
    }

    private static String audience(String api) throws IOException {
        CommandLineRun run = CommandLineRun.of("token", "--emulator", "--api", api, "--output", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.tree(run.out()).get("audience").get(0).textValue();
    }

    @Test
    void shouldPrintTheTokenOnlyOnRequest() throws IOException, ParseException {
        CommandLineRun hidden = CommandLineRun.of("token", "--emulator");
        assertThat(hidden.exitCode()).isZero();
        assertThat(hidden.out() + hidden.err()).doesNotContain("eyJ");

        CommandLineRun shown = CommandLineRun.of("token", "--emulator", "--show-token", "--output", "json");
        JsonNode claims = Json.tree(shown.out());
        SignedJWT token = SignedJWT.parse(claims.get("token").textValue());
        assertThat(token.getJWTClaimsSet().getStringClaim("tid"))
                .isEqualTo(claims.get("tenant").textValue());
    }

    @Test
    void shouldReportAnOpaqueToken() throws IOException {
        try (StaticServer server = new StaticServer(200, new byte[0])) {
            List<String> command = new ArrayList<>(List.of("token"));
            command.addAll(server.options());
            CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("expires", "remainingSeconds").doesNotContain("opaque-token-of-the-test");
            assertThat(run.err()).contains("opaque");

            command.addAll(List.of("--operations", "listAlerts"));
            CommandLineRun check = CommandLineRun.of(command.toArray(String[]::new));
            assertThat(check.exitCode()).isEqualTo(ExitCode.OTHER);
            assertThat(check.out()).doesNotContain("missing");
        }
    }

    @Test
    void shouldRejectUnknownNames() {
        CommandLineRun api = CommandLineRun.of("token", "--emulator", "--api", "intune");
        assertThat(api.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(api.err())
                .contains("Unknown API intune; use one of defender-endpoint, graph-security, defender-xdr");

        CommandLineRun operation = CommandLineRun.of("token", "--emulator", "--operations", "listAlertz");
        assertThat(operation.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(operation.err()).contains("Unknown operation listAlertz");

        CommandLineRun other =
                CommandLineRun.of("token", "--emulator", "--api", "graph-security", "--operations", "listAlerts");
        assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("listAlerts belongs to defender-endpoint", "--api");
    }

    private static Map<String, String> secret(EmulatedService service) {
        return Map.of("DEFENDER_CLIENT_SECRET", service.emulator().clientSecret());
    }
}
