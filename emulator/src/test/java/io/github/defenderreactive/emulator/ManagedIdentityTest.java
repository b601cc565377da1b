package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.testing.TestClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The identity of a virtual machine and of an App Service. */
class ManagedIdentityTest {

    private static final String MACHINE =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + ServiceCaller.encode(Login.API);
    private static final String SITE = "/msi/token?api-version=2019-08-01&resource=" + ServiceCaller.encode(Login.API);
    private static final Map<String, String> METADATA = Map.of("Metadata", "true");
    private static final Map<String, String> HEADER = Map.of("X-IDENTITY-HEADER", Seeded.uuid(1, 0, 105));

    private final Login login =
            new Login(DefenderEmulator.builder().size(50).clock(new TestClock("2026-11-20T10:00:00Z")));

    private ServiceCaller.Answer get(String target, Map<String, String> headers) {
        return login.caller().call("GET", target, "", headers);
    }

    @Test
    void shouldGiveAMachineATokenWithTextOnly() throws Exception {
        ServiceCaller.Answer answer = get(MACHINE, METADATA);
        JsonNode json = answer.json();

        json.forEach(
                member -> assertThat(member.isTextual()).as(member.toString()).isTrue());
        assertThat(json.get("expires_in").asText()).isEqualTo("3599");
        assertThat(json.get("expires_on").asText()).isEqualTo("1795172399");
        assertThat(json.get("refresh_token").asText()).isEmpty();
        assertThat(login.called(answer, "/api/machines")).isEqualTo(200);
        assertThat(SignedJWT.parse(Login.accessToken(answer)).getJWTClaimsSet().getStringClaim("appid"))
                .isEqualTo(Seeded.uuid(1, 0, 106));
    }

    @Test
    void shouldGiveASiteATokenThatOnlySaysWhenItEnds() {
        ServiceCaller.Answer answer = get(SITE, HEADER);

        assertThat(answer.json().has("expires_in")).isFalse();
        assertThat(answer.json().get("expires_on").asText()).isEqualTo("1795172399");
        assertThat(login.called(answer, "/api/machines")).isEqualTo(200);
    }

    @Test
    void shouldKnowTheIdentityThatWasAssigned() throws Exception {
        ServiceCaller.Answer answer = get(MACHINE + "&client_id=" + Login.CLIENT, METADATA);

        assertThat(Login.claims(answer).getStringClaim("appid")).isEqualTo(Login.CLIENT);
        ServiceCaller.Answer unknown = get(MACHINE + "&client_id=other", METADATA);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().get("error_description").asText()).contains("Identity not found");
    }

    @Test
    void shouldGiveATokenThatVouchesForAnApplication() {
        ServiceCaller.Answer answer = get(
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
                        + ServiceCaller.encode("api://AzureADTokenExchange"),
                METADATA);

        assertThat(Login.claims(answer).getAudience()).containsExactly("api://AzureADTokenExchange");
        assertThat(login.called(answer, "/api/machines")).isEqualTo(403);
    }

    @Test
    void shouldRefuseWhoDoesNotComeFromTheMachine() {
        ServiceCaller.Answer bare = get(MACHINE, Map.of());
        assertThat(bare.status()).isEqualTo(400);
        assertThat(bare.json().get("error").asText()).isEqualTo("bad_request_102");
        assertThat(get(MACHINE, Map.of("Metadata", "True")).status()).isEqualTo(400);
        assertThat(get(MACHINE, Map.of("Metadata", "true", "X-Forwarded-For", "198.51.100.7"))
                        .status())
                .isEqualTo(400);
        ServiceCaller.Answer site = get(SITE, Map.of("X-IDENTITY-HEADER", "x"));
        assertThat(site.status()).isEqualTo(401);
        assertThat(site.json().get("statusCode").asInt()).isEqualTo(401);
    }

    @Test
    void shouldRefuseWhatItCannotTell() {
        assertThat(get("/metadata/identity/oauth2/token?api-version=2018-02-01", METADATA)
                        .status())
                .isEqualTo(400);
        assertThat(get(MACHINE.replace("2018", "2008"), METADATA).status()).isEqualTo(400);
        assertThat(get(
                                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fx.example",
                                METADATA)
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("invalid_resource");
    }

    @Test
    void shouldKeepSignInsApartFromTheApiInTheJournal() {
        get(MACHINE, METADATA);
        login.post(Login.V2 + "devicecode", Login.API + "/.default");
        login.caller().signIn().get("/api/alerts");

        Journal journal = login.caller().service().journal();
        assertThat(journal.calls())
                .extracting(JournalEntry::operationId)
                .containsExactly("identity", "devicecode", "token", "listAlerts");
        assertThat(journal.apiCalls()).hasSize(1);
        assertThat(journal.tokenRequests()).isEqualTo(1);
    }
}
