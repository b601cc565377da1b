package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets in, and what is said to the others: tokens, roles, quotas, and requests that no operation knows. */
class AdmissionTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(50).clock(clock));

    private ServiceCaller.Answer token(String name, String value) {
        return caller.token(Map.of(name, value));
    }

    private static void refusedWith(ServiceCaller.Answer answer, int status, String error, int code) {
        assertThat(answer.status()).isEqualTo(status);
        JsonNode json = answer.json();
        assertThat(json.get("error").asText()).isEqualTo(error);
        assertThat(json.get("error_codes").get(0).asInt()).isEqualTo(code);
        assertThat(json.get("error_description").asText()).startsWith("AADSTS" + code + ": ");
        assertThat(json.get("timestamp").asText()).isEqualTo("2026-11-20 10:00:00Z");
        assertThat(answer.headers())
                .containsEntry("x-ms-request-id", json.get("trace_id").asText())
                .containsKey("x-ms-clitelem")
                .hasEntrySatisfying("Cache-Control", value -> assertThat(value).contains("no-store"));
    }

    @Test
    void shouldIssueASignedToken() throws Exception {
        JsonNode answer = caller.token(Map.of()).json();
        SignedJWT jwt = SignedJWT.parse(answer.get("access_token").asText());
        String tenant = Seeded.uuid(1, 0, 101);
        JWKSet keys = JWKSet.parse(caller.call("GET", "/" + tenant + "/discovery/v2.0/keys", "", Map.of())
                .text());

        assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.get("expires_in").asInt()).isEqualTo(3599);
        assertThat(jwt.verify(new RSASSAVerifier(keys.getKeys().get(0).toRSAKey())))
                .isTrue();
        assertThat(jwt.getHeader().getKeyID()).isEqualTo(keys.getKeys().get(0).getKeyID());
        assertThat(keys.getKeys().get(0).isPrivate()).isFalse();
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("https://api.securitycenter.microsoft.com");
        assertThat(jwt.getJWTClaimsSet().getStringClaim("tid")).isEqualTo(tenant);
        assertThat(jwt.getJWTClaimsSet().getStringClaim("appid")).isEqualTo(Seeded.uuid(1, 0, 102));
        assertThat(jwt.getJWTClaimsSet().getStringListClaim("roles")).contains("Alert.Read.All", "Machine.Isolate");
        assertThat(jwt.getJWTClaimsSet().getExpirationTime()).isEqualTo("2026-11-20T10:59:59Z");
    }

    @Test
    void shouldRefuseTokensInTheFormOfTheLoginService() {
        refusedWith(token("client_secret", "wrong"), 401, "invalid_client", 7000215);
        refusedWith(token("client_secret", ""), 401, "invalid_client", 7000216);
        refusedWith(token("client_id", "5c1ed1a7-0000-0000-0000-000000000000"), 400, "unauthorized_client", 700016);
        refusedWith(token("tenant", "5c1ed1a7-0000-0000-0000-000000000000"), 400, "invalid_request", 90002);
        refusedWith(token("tenant", "not~a~tenant"), 400, "invalid_request", 900023);
        refusedWith(token("scope", ""), 400, "invalid_request", 900144);
        refusedWith(
                token("scope", "https://api.securitycenter.microsoft.com/Alert.Read"), 400, "invalid_scope", 1002012);
        refusedWith(token("grant_type", "saml"), 400, "unsupported_grant_type", 70003);
        refusedWith(token("tenant", "organizations"), 400, "invalid_request", 50059);
        refusedWith(token("resource", "https://graph.windows.net"), 400, "invalid_request", 901002);
    }

    @Test
    void shouldNotDecodeASecretThatWasSentUnencoded() {
        String body = "grant_type=client_credentials&client_id=" + Seeded.uuid(1, 0, 102) + "&scope="
                + ServedApi.DEFENDER_ENDPOINT.audience() + "/.default&client_secret=e~" + Seeded.hex(1, 0, 103, 20)
                + "+/";
        ServiceCaller.Answer answer = caller.call(
                "POST",
                "/" + Seeded.uuid(1, 0, 101) + "/oauth2/v2.0/token",
                body,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));

        refusedWith(answer, 401, "invalid_client", 7000215);
    }

    @Test
    void shouldTakeTheSecretInABasicHeader() {
        String pair = Seeded.uuid(1, 0, 102) + ":" + ServiceCaller.encode("e~" + Seeded.hex(1, 0, 103, 20) + "+/&=%");
        ServiceCaller.Answer answer = caller.call(
                "POST",
                "/" + Seeded.uuid(1, 0, 101) + "/oauth2/v2.0/token",
                "grant_type=client_credentials&scope=" + "fc780465-2017-40d4-a0c5-307022471b92" + "/.default",
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8))));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        caller.useToken(answer.json().get("access_token").asText());
        assertThat(caller.get("/api/alerts").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACallWithoutAKnownToken() {
        ServiceCaller.Answer none = caller.call("GET", "/api/alerts", "", Map.of());
        ServiceCaller.Answer garbled = caller.useToken("eyJ0.x.y").get("/api/alerts");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.errorCode()).isEqualTo("Unauthorized");
        assertThat(garbled.status()).isEqualTo(401);
        assertThat(garbled.headers()).containsKey("WWW-Authenticate");
    }

    @Test
    void shouldRefuseAnExpiredToken() {
        clock.advance(Duration.ofSeconds(3598));
        assertThat(caller.get("/api/alerts").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.get("/api/alerts").status()).isEqualTo(401);
    }

    @Test
    void shouldForbidAnotherAudience() {
        String other = token("scope", "https://api.security.microsoft.com/.default")
                .json()
                .get("access_token")
                .asText();
        ServiceCaller.Answer answer = caller.useToken(other).get("/api/alerts");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("Forbidden");
    }

    @Test
    void shouldIssueTheRolesOfTheAudienceOnly() throws Exception {
        for (ServedApi api : ServedApi.values()) {
            String token = token("scope", api.audience() + "/.default")
                    .json()
                    .get("access_token")
                    .asText();
            assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("roles"))
                    .containsExactlyElementsOf(Description.load().permissions(api));
        }
        refusedWith(token("scope", "https://vault.azure.net/.default"), 400, "invalid_resource", 500011);
    }

    @Test
    void shouldTakeEveryNameOfTheResource() {
        for (ServedApi api : ServedApi.values()) {
            for (String audience : api.audiences()) {
                caller.useToken(token("scope", audience + "/.default")
                        .json()
                        .get("access_token")
                        .asText());
                String target =
                        api == ServedApi.GRAPH_SECURITY ? "/v1.0/security/incidents?$top=1" : "/api/incidents?$top=1";
                assertThat(caller.get(api == ServedApi.DEFENDER_ENDPOINT ? "/api/alerts?$top=1" : target)
                                .status())
                        .as(audience)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void shouldRefuseATokenOfAnotherApiAsThatApiDoes() {
        String incidents = "/api/incidents?$top=1";
        String alerts = "/v1.0/security/alerts_v2?$top=1";
        ServiceCaller graph = caller.at(ServedApi.GRAPH_SECURITY);
        ServiceCaller xdr = caller.at(ServedApi.DEFENDER_XDR);

        assertThat(xdr.get(incidents).status()).isEqualTo(200);
        assertThat(graph.get(alerts).status()).isEqualTo(200);
        assertThat(caller.get(incidents).status()).isEqualTo(403);
        assertThat(graph.get(incidents).status()).isEqualTo(403);
        for (ServiceCaller other : List.of(caller, xdr)) {
            assertThat(other.get(alerts).status()).isEqualTo(401);
            assertThat(other.get(alerts).errorCode()).isEqualTo("InvalidAuthenticationToken");
        }
    }

    @Test
    void shouldSayNoInTheFormOfTheApi() {
        JsonNode graph = caller.at(ServedApi.GRAPH_SECURITY)
                .get("/v1.0/security/alerts_v2/none")
                .json()
                .get("error");
        JsonNode xdr =
                caller.at(ServedApi.DEFENDER_XDR).get("/api/incidents/1").json().get("error");

        assertThat(graph.get("code").asText()).isEqualTo("NotFound");
        assertThat(graph.has("target")).isFalse();
        assertThat(graph.at("/innerError/request-id").asText()).isNotEmpty();
        assertThat(graph.at("/innerError/date").asText()).isEqualTo("2026-11-20T10:00:00");
        assertThat(xdr.get("code").asText()).isEqualTo("ResourceNotFound");
        assertThat(xdr.get("target").asText()).isNotEmpty();
        assertThat(caller.get("/v1.0/security/nothing")
                        .json()
                        .at("/error/innerError")
                        .isObject())
                .isTrue();
    }

    @Test
    void shouldKeepTheRolesOfOneApiOutOfTheTokensOfAnother() {
        ServiceCaller reader =
                ServiceCaller.of(DefenderEmulator.builder().size(50).roles("Alert.Read.All", "SecurityAlert.Read.All"));

        assertThat(reader.get("/api/alerts").status()).isEqualTo(200);
        assertThat(reader.at(ServedApi.GRAPH_SECURITY)
                        .get("/v1.0/security/alerts_v2")
                        .status())
                .isEqualTo(200);
        assertThat(reader.at(ServedApi.GRAPH_SECURITY)
                        .get("/v1.0/security/incidents")
                        .errorMessage())
                .endsWith("application roles: SecurityAlert.Read.All.");
    }

    @Test
    void shouldCountTheAlertsOfMicrosoftGraphTogetherAndApartFromOthers() {
        ServiceCaller limited = ServiceCaller.of(
                DefenderEmulator.builder().size(50).clock(clock).enforceQuotas(true));
        ServiceCaller graph = limited.at(ServedApi.GRAPH_SECURITY);
        String one = "/v1.0/security/alerts_v2/" + limited.tenant().alertId(3);
        for (int i = 0; i < 150; i++) {
            assertThat(graph.get(i % 2 == 0 ? one : "/v1.0/security/alerts_v2?$top=1")
                            .status())
                    .isEqualTo(200);
        }

        assertThat(graph.get(one).status()).isEqualTo(429);
        assertThat(graph.get(one).errorCode()).isEqualTo("TooManyRequests");
        assertThat(graph.get("/v1.0/security/incidents?$top=1").status()).isEqualTo(200);
        assertThat(limited.get("/api/alerts?$top=1").status()).isEqualTo(200);
    }

    @Test
    void shouldNameTheRolesThatAreMissing() {
        ServiceCaller reader =
                ServiceCaller.of(DefenderEmulator.builder().size(50).roles("Vulnerability.Read.All", "Alert.Read.All"));

        ServiceCaller.Answer answer = reader.get("/api/machines");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorMessage())
                .isEqualTo("Missing application roles. API required roles: Machine.Read.All, Machine.ReadWrite.All, "
                        + "application roles: Alert.Read.All, Vulnerability.Read.All.");
        assertThat(reader.get("/api/alerts").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseCallsBeyondTheQuotaOfTheMinuteAndTheHour() {
        ServiceCaller limited = ServiceCaller.of(
                DefenderEmulator.builder().size(50).clock(clock).enforceQuotas(true));
        for (int i = 0; i < 100; i++) {
            assertThat(limited.get("/api/alerts?$top=1").status()).isEqualTo(200);
        }
        clock.advance(Duration.ofMillis(51_500));
        ServiceCaller.Answer refused = limited.get("/api/alerts?$top=1");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "9");
        assertThat(refused.errorCode()).isEqualTo("429");
        assertThat(refused.errorMessage())
                .isEqualTo("API calls quota exceeded! Maximum allowed 100 per 00:01:00 for the key "
                        + "Destination+TenantID+AppID. You can send requests again in 9 seconds.");
        assertThat(limited.get("/api/machines?$top=1").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(9));
        for (int i = 0; i < 1_400; i++) {
            if (i % 100 == 99) {
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(limited.get("/api/alerts?$top=1").status())
                    .as("call " + i)
                    .isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(limited.signIn().get("/api/alerts?$top=1").errorMessage()).contains("1500 per 01:00:00");
    }

    @Test
    void shouldNameAnUnknownPathOrMethod() {
        assertThat(caller.get("/api/alertz").status()).isEqualTo(404);
        assertThat(caller.get("/api/alertz").errorMessage()).contains("/alertz");
        assertThat(caller.get("/alerts").errorMessage()).contains("/api/");
        assertThat(caller.post("/api/alerts", "{}").status()).isEqualTo(405);
        assertThat(caller.post("/api/alerts", "{}").errorMessage()).contains("GET");
    }

    @Test
    void shouldNameAnUnknownQueryParameter() {
        for (String query : List.of("$select=id", "$orderby=id", "$count=true", "pageSize=4", "Tag=x")) {
            ServiceCaller.Answer answer = caller.get("/api/alerts?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.errorMessage()).contains("'" + query.substring(0, query.indexOf('=')) + "'");
        }
        assertThat(caller.get("/api/alerts?$expand=files").status()).isEqualTo(400);
        assertThat(caller.get("/api/alerts?$top=1&$top=2").status()).isEqualTo(400);
    }

    @Test
    void shouldNameWhatIsWrongWithABody() {
        String isolate = "/api/machines/" + caller.tenant().machineId(0) + "/isolate";

        assertThat(caller.post(isolate, "{\"comment\":\"c\"}").errorMessage()).contains("comment", "Comment");
        assertThat(caller.post(isolate, "{\"Comment\":\"c\",\"Colour\":1}").errorMessage())
                .contains("Colour");
        assertThat(caller.post(isolate, "{\"Comment\":7}").errorMessage()).contains("Comment", "string");
        assertThat(caller.post(isolate, "{\"Comment\":null}").status()).isEqualTo(400);
        assertThat(caller.post(isolate, "{\"IsolationType\":\"Full\"}").errorCode())
                .isEqualTo("MissingRequiredParameter");
        assertThat(caller.post(isolate, "{\"Comment\":\"c\",\"IsolationType\":\"full\"}")
                        .errorCode())
                .isEqualTo("InvalidInput");
        assertThat(caller.post(isolate, "[]").status()).isEqualTo(400);
        assertThat(caller.post(isolate, "{").errorCode()).isEqualTo("InvalidRequestBody");
        assertThat(caller.post(isolate, "").errorCode()).isEqualTo("MissingRequiredParameter");
        assertThat(caller.tenant().actionIds())
                .isEqualTo(ServiceCaller.of(DefenderEmulator.builder().size(50))
                        .tenant()
                        .actionIds());
    }

    @Test
    void shouldWriteTheDateAsHttpHasIt() {
        TestClock early = new TestClock("2026-09-02T03:04:05.6Z");

        ServiceCaller.Answer answer = ServiceCaller.of(
                        DefenderEmulator.builder().size(5).clock(early))
                .call("GET", "/api/alerts", "", Map.of());

        assertThat(answer.headers()).containsEntry("Date", "Wed, 02 Sep 2026 03:04:05 GMT");
    }

    @Test
    void shouldAnswerAPathThatCannotBeDecoded() {
        for (String path : List.of("/%zz/oauth2/v2.0/token", "/api/alerts/%zz")) {
            ServiceCaller.Answer answer = caller.call("POST", path, "", Map.of());

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.errorMessage()).contains("percent-encoding", "%zz");
        }
    }
}
