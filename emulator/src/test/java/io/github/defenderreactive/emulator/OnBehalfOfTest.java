package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An application that was called by users and calls on for them. */
class OnBehalfOfTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final Login login = new Login(DefenderEmulator.builder()
            .size(50)
            .clock(clock)
            .user("pia@harbour.example", "1", "Alert.Read")
            .user("ole@harbour.example", "2", "Machine.Read"));

    private ServiceCaller.Answer exchange(String assertion, String... fields) {
        String[] all = new String[fields.length + 8];
        System.arraycopy(
                new String[] {
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "assertion",
                    assertion,
                    "requested_token_use",
                    "on_behalf_of",
                    "client_secret",
                    Login.SECRET
                },
                0,
                all,
                0,
                8);
        System.arraycopy(fields, 0, all, 8, fields.length);
        return login.token(all);
    }

    @Test
    void shouldGiveEachUserATokenOfTheirOwn() {
        ServiceCaller.Answer pia = exchange(login.signIns().callerToken("pia@harbour.example"));
        ServiceCaller.Answer ole = exchange(login.signIns().callerToken("ole@harbour.example"));

        assertThat(login.called(pia, "/api/alerts")).isEqualTo(200);
        assertThat(login.called(pia, "/api/machines")).isEqualTo(403);
        assertThat(login.called(ole, "/api/machines")).isEqualTo(200);
        assertThat(login.called(ole, "/api/alerts")).isEqualTo(403);
    }

    @Test
    void shouldTakeATokenThatWasIssuedForTheApplication() {
        ServiceCaller.Answer mine = login.post(
                Login.V2 + "token",
                "api://" + Login.CLIENT + "/.default",
                "grant_type",
                "password",
                "username",
                "pia@harbour.example",
                "password",
                "1");

        assertThat(login.called(exchange(Login.accessToken(mine)), "/api/alerts"))
                .isEqualTo(200);
    }

    @Test
    void shouldRefuseATokenForSomebodyElse() {
        String forTheApi = Login.accessToken(
                login.token("grant_type", "password", "username", "pia@harbour.example", "password", "1"));
        Login.refused(exchange(forTheApi), "invalid_grant", 50013);
        Login.refused(exchange("eyJ0.x.y"), "invalid_grant", 50013);
    }

    @Test
    void shouldRefuseAnApplicationInTheUsersPlace() {
        String ofTheApplication = Login.accessToken(login.post(
                Login.V2 + "token",
                Login.CLIENT + "/.default",
                "grant_type",
                "client_credentials",
                "client_secret",
                Login.SECRET));
        Login.refused(exchange(ofTheApplication), "invalid_grant", 7000114);
    }

    @Test
    void shouldRefuseATokenThatIsOver() {
        String token = login.signIns().callerToken("pia@harbour.example");
        clock.advance(Duration.ofSeconds(3599));
        Login.refused(exchange(token), "invalid_grant", 500133);
    }

    @Test
    void shouldWantAProofOfTheApplication() {
        String token = login.signIns().callerToken("pia@harbour.example");
        Login.refused(exchange(token, "client_secret", ""), "invalid_client", 7000218);
        Login.refused(exchange(token, "client_secret", "wrong"), "invalid_client", 7000215);
        Login.refused(exchange(token, "requested_token_use", "something"), "invalid_request", 90014);
    }
}
