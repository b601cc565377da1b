package io.github.defenderreactive.runtime.auth.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.testing.JwtMaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenClaimsTest {

    private static AccessTokenClaims read(String claims) {
        return AccessTokenClaims.of(AccessToken.of(JwtMaker.unchecked(claims), Instant.MAX));
    }

    @Test
    void shouldReadATokenOfAnApplication() {
        AccessTokenClaims claims = read("{\"aud\":\"https://api.securitycenter.microsoft.com\","
                + "\"iss\":\"https://sts.windows.net/t/\",\"iat\":1795431600,\"nbf\":1795431601,\"exp\":1795435200,"
                + "\"appid\":\"app-1\",\"oid\":\"object-1\",\"tid\":\"tenant-1\",\"ver\":\"1.0\","
                + "\"roles\":[\"Alert.Read.All\",\"Machine.Isolate\"],\"idtyp\":\"app\"}");
        assertThat(claims.audience()).containsExactly("https://api.securitycenter.microsoft.com");
        assertThat(claims.issuer()).isEqualTo("https://sts.windows.net/t/");
        assertThat(claims.roles()).containsExactly("Alert.Read.All", "Machine.Isolate");
        assertThat(claims.scopes()).isEmpty();
        assertThat(claims.isOfUser()).isFalse();
        assertThat(claims.applicationId()).isEqualTo("app-1");
        assertThat(claims.objectId()).isEqualTo("object-1");
        assertThat(claims.tenantId()).isEqualTo("tenant-1");
        assertThat(claims.version()).isEqualTo("1.0");
        assertThat(claims.userName()).isNull();
        assertThat(claims.issuedAt()).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(claims.notBefore()).isEqualTo("2026-11-23T11:00:01Z");
        assertThat(claims.expiresAt()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(claims.claim("idtyp")).isEqualTo("app");
        assertThat(claims.claim("other")).isNull();
    }

    @Test
    void shouldReadATokenOfAUser() {
        AccessTokenClaims claims = read("{\"aud\":[\"fc780465\",\"other\"],\"azp\":\"app-2\",\"ver\":\"2.0\","
                + "\"scp\":\"Alert.Read  Machine.Read\",\"preferred_username\":\"ann@harbour.example\","
                + "\"deep\":{\"a\":[1,null]},\"none\":null}");
        assertThat(claims.audience()).containsExactly("fc780465", "other");
        assertThat(claims.applicationId()).isEqualTo("app-2");
        assertThat(claims.scopes()).containsExactly("Alert.Read", "Machine.Read");
        assertThat(claims.isOfUser()).isTrue();
        assertThat(claims.userName()).isEqualTo("ann@harbour.example");
        assertThat(claims.all()).containsOnlyKeys("aud", "azp", "ver", "scp", "preferred_username", "deep");
        assertThat(claims.claim("deep")).isInstanceOf(Map.class);
        assertThat(read("{\"upn\":\"bob@harbour.example\"}").userName()).isEqualTo("bob@harbour.example");
    }

    @Test
    void shouldTakeWhatIsMissingOrOddForNothing() {
        AccessTokenClaims claims =
                read("{\"aud\":7,\"roles\":\"One.Role\",\"scp\":\" \",\"exp\":\"soon\",\"nbf\":1e300,\"tid\":[]}");
        assertThat(claims.audience()).isEmpty();
        assertThat(claims.roles()).containsExactly("One.Role");
        assertThat(claims.scopes()).isEmpty();
        assertThat(claims.expiresAt()).isNull();
        assertThat(claims.notBefore()).isNull();
        assertThat(claims.tenantId()).isNull();
        assertThat(read("{\"roles\":[1,\"A\",null]}").roles()).isEqualTo(List.of("A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opaque-value-of-a-token",
                "e30.b3BhcXVl",
                "e30.!!not-base64!!.x",
                "e30.bm8ganNvbiBhdCBhbGw.x",
                "e30.WzFd.x",
                "e30.bnVsbA.x",
                "a.b.c.d.e"
            })
    void shouldSayThatATokenIsOpaqueWithoutShowingIt(String value) {
        AccessToken token = AccessToken.of(value, Instant.MAX);
        assertThatThrownBy(() -> AccessTokenClaims.of(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("opaque")
                .hasMessageNotContaining(value)
                .hasNoCause();
        assertThat(AccessTokenClaims.ifReadable(token)).isEmpty();
    }

    @Test
    void shouldShowNeitherTheUserNorTheToken() {
        String value = JwtMaker.unchecked("{\"aud\":\"a\",\"upn\":\"ann@harbour.example\",\"roles\":[\"R\"]}");
        String shown = AccessTokenClaims.of(AccessToken.of(value, Instant.MAX)).toString();
        assertThat(shown).contains("[R]").doesNotContain("ann", value);
    }
}
