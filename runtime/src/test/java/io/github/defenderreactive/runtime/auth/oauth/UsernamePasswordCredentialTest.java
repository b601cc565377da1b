package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.RESOURCE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.testing.Answer;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("deprecation")
class UsernamePasswordCredentialTest {

    private static final String PASSWORD = "p&ss=word of the test+";

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private UsernamePasswordCredential.Builder builder() {
        return authority.at(UsernamePasswordCredential.builder()
                .username("ann@harbour.example")
                .password(() -> PASSWORD));
    }

    @Test
    void shouldSendNameAndPassword() {
        TestAuthority.token(builder().build().getToken(REQUEST));
        assertThat(authority.form(0))
                .containsOnly(
                        Map.entry("grant_type", "password"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("username", "ann@harbour.example"),
                        Map.entry("password", PASSWORD),
                        Map.entry("scope", SCOPE));
    }

    @Test
    void shouldAskTheOlderEndpointForAResource() {
        TestAuthority.token(builder().versionOne().build().getToken(REQUEST));
        assertThat(authority.server.requests().get(0).uri()).isEqualTo("/" + TENANT + "/oauth2/token");
        assertThat(authority.form(0)).containsEntry("resource", RESOURCE).doesNotContainKey("scope");
    }

    @ParameterizedTest
    @CsvSource({"50126,wrong", "50076,another factor", "50055,expired", "50053,locked", "9001023,Set the tenant"})
    void shouldSayWhatToDo(int number, String advice) {
        authority.server.answer(Answer.status(400)
                .body("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" + number + ": " + PASSWORD
                        + "\"}"));
        assertThat(TestAuthority.failure(
                        AuthenticationException.class, builder().build().getToken(REQUEST), PASSWORD))
                .hasMessageContaining("AADSTS" + number)
                .hasMessageContaining(advice);
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(
                        () -> authority.at(UsernamePasswordCredential.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: username, password");
        assertThat(builder().build().toString()).contains(CLIENT).doesNotContain("p&ss");
    }
}
