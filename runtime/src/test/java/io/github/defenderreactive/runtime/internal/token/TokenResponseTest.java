package io.github.defenderreactive.runtime.internal.token;

import static io.github.defenderreactive.runtime.auth.TestAuthority.NOW;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.JwtMaker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token responses as token endpoints and gateways send them. */
class TokenResponseTest {

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private ClientSecretCredential credential() {
        return authority
                .at(ClientSecretCredential.builder().secret(() -> "secret-of-the-test"))
                .build();
    }

    private AccessToken token(String body) {
        authority.server.answer(Answer.json(body));
        return TestAuthority.token(credential().getToken(REQUEST));
    }

    private <E extends DefenderException> E refused(Class<E> type, String body, String... secrets) {
        authority.server.answer(Answer.json(body));
        return TestAuthority.failure(type, credential().getToken(REQUEST), secrets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"expires_in\":\"3599.0\"|3599",
                "\"expires_in\":3599.0|3599",
                "\"expires_in\":3599.97|3599",
                "\"expires_in\":\"3599.97\"|3599",
                "\"expires_in\":\" 3599 \"|3599",
                "\"expires_in\":3.599e3|3599",
                "\"expires_in\":\"3.599E3\"|3599",
                "\"expires_in\":null,\"expires_on\":1795435260|60",
                "\"expires_in\":\"\",\"expires_on\":\"1795435260\"|60",
                "\"expires_on\":\"1795435260.0\"|60",
                "\"expires_on\":1795435260.5|60",
                "\"expires_on\":1795435260000|60",
                "\"expires_on\":\"1795435260000\"|60",
                "\"expires_on\":\"2026-11-23T12:01:00Z\"|60",
                "\"expires_on\":\"2026-11-23T12:01:00.0000000+00:00\"|60",
                "\"expires_on\":\"2026-11-23T13:01:00+01:00\"|60",
                "\"expires_on\":\"2026-11-23 12:01:00\"|60",
                "\"expires_on\":\"11/23/2026 12:01:00 +00:00\"|60",
                "\"expires_on\":\"11/23/2026 12:01:00 PM +00:00\"|60",
                "\"expires_on\":\"11/23/2026 7:01:00 AM -05:00\"|60",
                "\"expires_on\":\"11/23/2026 1:01:00 pm +01:00\"|60",
                "\"ext_expires_in\":0,\"expires_in\":60|60",
                "\"ext_expires_in\":\"0.0\"|300",
                "\"scope\":\"a\"|300",
                "\"expires_in\":null|300",
                "\"expires_in\":\"\"|300"
            })
    void shouldFindTheEndOfATokenInAnyForm(String members, long seconds) {
        assertThat(token("{\"token_type\":\"Bearer\",\"access_token\":\"opaque-token\"," + members + "}")
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void shouldTakeTheEndFromTheTokenItselfWhereNothingElseSaysIt() {
        String jwt = JwtMaker.unchecked("{\"exp\":" + NOW.plusSeconds(1234).getEpochSecond() + "}");
        assertThat(token("{\"access_token\":\"" + jwt + "\"}").expiresAt()).isEqualTo(NOW.plusSeconds(1234));
        assertThat(token("{\"access_token\":\"" + jwt + "\",\"expires_in\":\"soon\"}")
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(1234));
        String silent = JwtMaker.unchecked("{\"aud\":\"x\"}");
        assertThat(token("{\"access_token\":\"" + silent + "\"}").expiresAt())
                .isEqualTo(NOW.plus(TokenLifetime.UNSTATED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires_in\":1e999999999",
                "\"expires_in\":\"1e999999999\"",
                "\"expires_in\":18446744073709551617",
                "\"expires_on\":1e400",
                "\"expires_on\":\"99999999999999999999\""
            })
    void shouldTakeWhatNoClockCanCountForVeryLong(String members) {
        assertThat(token("{\"access_token\":\"t\"," + members + "}").expiresAt())
                .isAfter(NOW.plus(Duration.ofDays(365)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires_in\":\"soon\"",
                "\"expires_in\":{}",
                "\"expires_in\":\"PT1H\"",
                "\"expires_on\":\"tomorrow\"",
                "\"expires_on\":\"31/31/2026 12:00:00\"",
                "\"expires_in\":true"
            })
    void shouldSayThatTheEndCannotBeRead(String members) {
        assertThat(refused(DecodeException.class, "{\"access_token\":\"t\"," + members + "}"))
                .hasMessageContaining("in a known form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\uFEFF\r\n", "\n\n  "})
    void shouldReadAResponseWithAByteOrderMarkAndLineEnds(String before) {
        assertThat(token(before + "{\"access_token\":\"\uFEFFtoken-of-the-test\\r\\n\",\"expires_in\":60}\r\n\r\n")
                        .value())
                .isEqualTo("token-of-the-test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Wrong.\"}|AADSTS7000215",
                "{\"error\":\"invalid_grant\"}|invalid_grant",
                "{\"error\":\"invalid_client\",\"access_token\":\"token-of-nobody\",\"expires_in\":60}|invalid_client"
            })
    void shouldTakeAnErrorWithStatus200ForOne(String body, String code) {
        AuthenticationException error = refused(AuthenticationException.class, body, "token-of-nobody");
        assertThat(error.serviceCode()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(200);
    }

    @Test
    void shouldKnowTroubleWithStatus200() {
        refused(ServiceException.class, "{\"error\":\"temporarily_unavailable\"}");
        assertThat(token("{\"error\":null,\"access_token\":\"t\",\"expires_in\":60}")
                        .value())
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", " Bearer ", ""})
    void shouldTakeABearerToken(String type) {
        token("{\"token_type\":\"" + type + "\",\"access_token\":\"t\",\"expires_in\":60}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"pop\"", "\"mac\"", "\"Basic\"", "\"DPoP\"", "\"Bearer, pop\"", "7", "[\"Bearer\"]"})
    void shouldRefuseATokenOfAnotherType(String type) {
        assertThat(refused(
                        AuthenticationException.class,
                        "{\"token_type\":" + type + ",\"access_token\":\"token-of-another-type\",\"expires_in\":60}",
                        "token-of-another-type"))
                .hasMessageContaining("only Bearer tokens can be used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r\\nX-Other: 1", " ", "\\u0000", "\u00e4", "\\u2028\\u0041", "\\t"})
    void shouldRefuseATokenThatCannotStandInAHeader(String inside) {
        assertThat(refused(
                        DecodeException.class,
                        "{\"access_token\":\"token-before" + inside + "token-after\",\"expires_in\":60}",
                        "token-before",
                        "token-after"))
                .hasMessageContaining("are not valid in a header");
    }

    @Test
    void shouldSurviveAnyDepth() {
        for (String open : new String[] {"[", "{\"a\":"}) {
            refused(DecodeException.class, "{\"access_token\":" + open.repeat(50_000));
        }
    }

    @Test
    void shouldCheckATokenOfTheUsersOwn() {
        assertThat(AccessToken.of("\uFEFFtoken\r\n", Instant.MAX).value()).isEqualTo("token");
        for (String value : new String[] {"", " \n", "two words", "t\u00e4", "a\nb"}) {
            assertThatThrownBy(() -> AccessToken.of(value, Instant.MAX))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("An access token must");
        }
    }
}
