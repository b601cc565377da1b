package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import org.junit.jupiter.api.Test;

/** The older endpoints: a resource instead of a scope, numbers as text. */
class VersionOneTest {

    private final Login login =
            new Login(DefenderEmulator.builder().size(50).clock(new TestClock("2026-11-20T10:00:00Z")));

    private ServiceCaller.Answer token(String... fields) {
        return login.post(Login.V1 + "token", "", fields);
    }

    @Test
    void shouldWriteNumbersAsText() {
        ServiceCaller.Answer answer =
                token("grant_type", "client_credentials", "client_secret", Login.SECRET, "resource", Login.API);
        JsonNode json = answer.json();

        assertThat(json.get("expires_in").isTextual()).isTrue();
        assertThat(json.get("expires_in").asText()).isEqualTo("3599");
        assertThat(json.get("ext_expires_in").asText()).isEqualTo("3599");
        assertThat(json.get("not_before").asText()).isEqualTo("1795168800");
        assertThat(json.get("expires_on").asText()).isEqualTo("1795172399");
        assertThat(json.get("resource").asText()).isEqualTo(Login.API);
        assertThat(login.called(answer, "/api/alerts")).isEqualTo(200);
    }

    @Test
    void shouldWantAResource() {
        Login.refused(
                token("grant_type", "client_credentials", "client_secret", Login.SECRET), "invalid_request", 900144);
        Login.refused(
                token(
                        "grant_type",
                        "client_credentials",
                        "client_secret",
                        Login.SECRET,
                        "resource",
                        "https://x.example"),
                "invalid_resource",
                500011);
    }

    @Test
    void shouldTakeAUsersPassword() throws Exception {
        DefenderEmulator.Builder builder =
                DefenderEmulator.builder().size(50).user("ole@harbour.example", "p+w&2", "Alert.Read");
        ServiceCaller.Answer answer = new Login(builder)
                .post(
                        Login.V1 + "token",
                        "",
                        "grant_type",
                        "password",
                        "username",
                        "ole@harbour.example",
                        "password",
                        "p+w&2",
                        "resource",
                        Login.API);

        assertThat(Login.claims(answer).getStringClaim("scp")).isEqualTo("Alert.Read");
        assertThat(answer.json().get("refresh_token").asText()).isNotEmpty();
    }
}
