package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sign-in on another device, from the code to the token. */
class DeviceCodesTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final Login login = new Login(DefenderEmulator.builder().size(50).clock(clock));

    private JsonNode begin() {
        ServiceCaller.Answer answer = login.post(Login.V2 + "devicecode", Login.API + "/.default offline_access");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private ServiceCaller.Answer poll(JsonNode code) {
        return login.token(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                code.get("device_code").asText());
    }

    private ServiceCaller.Answer patientPoll(JsonNode code) {
        clock.advance(Duration.ofSeconds(5));
        return poll(code);
    }

    @Test
    void shouldSayWhereToTypeWhat() {
        JsonNode code = begin();

        assertThat(code.get("interval").asInt()).isEqualTo(5);
        assertThat(code.get("expires_in").asInt()).isEqualTo(900);
        assertThat(code.get("verification_uri").asText()).startsWith(ServiceCaller.ROOT);
        assertThat(code.has("verification_uri_complete")).isFalse();
        assertThat(code.get("message").asText()).contains(code.get("user_code").asText());
        assertThat(login.signIns().waiting())
                .containsExactly(code.get("user_code").asText());
    }

    @Test
    void shouldWaitUntilSomebodyApproves() throws Exception {
        JsonNode code = begin();
        Login.refused(patientPoll(code), "authorization_pending", 70016);
        login.signIns().approve(code.get("user_code").asText());
        assertThat(login.signIns().waiting()).isEmpty();

        ServiceCaller.Answer answer = patientPoll(code);
        assertThat(Login.claims(answer).getStringClaim("upn")).isEqualTo("operator@harbour.example");
        assertThat(login.called(answer, "/api/alerts")).isEqualTo(200);
        Login.refused(patientPoll(code), "bad_verification_code", 70018);
    }

    @Test
    void shouldRefuseAHastyProgram() {
        JsonNode code = begin();
        Login.refused(poll(code), "slow_down", 70016);
        Login.refused(patientPoll(code), "authorization_pending", 70016);
        clock.advance(Duration.ofSeconds(4));
        Login.refused(poll(code), "slow_down", 70016);
    }

    @Test
    void shouldSayThatSomebodyDeclined() {
        JsonNode code = begin();
        login.signIns().decline(code.get("user_code").asText());
        Login.refused(patientPoll(code), "authorization_declined", 70000);
        Login.refused(patientPoll(code), "bad_verification_code", 70018);
    }

    @Test
    void shouldForgetACodeAfterAQuarterOfAnHour() {
        JsonNode code = begin();
        clock.advance(Duration.ofMinutes(15));
        Login.refused(poll(code), "expired_token", 70020);
    }

    @Test
    void shouldKnowOnlyTheCodesThatWereShown() {
        assertThatThrownBy(() -> login.signIns().approve("ABC")).isInstanceOf(IllegalArgumentException.class);
        String code = begin().get("user_code").asText();
        assertThatThrownBy(() -> login.signIns().approve(code, "nora@harbour.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
