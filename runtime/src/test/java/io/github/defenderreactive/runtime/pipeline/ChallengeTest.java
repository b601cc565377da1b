package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}";

    private static String claims(String... headers) {
        return ClaimsChallenge.of(ResponseHead.of(
                401,
                Arrays.stream(headers)
                        .map(value -> Map.entry("WWW-Authenticate", value))
                        .toList()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String bearer(String claims) {
        return "Bearer realm=\"\", authorization_uri=\"https://login.example/common/oauth2/authorize?a=b,c=d\","
                + " error=\"insufficient_claims\", claims=\"" + claims + "\"";
    }

    @Test
    void shouldReadSeveralChallengesOfOneHeader() {
        assertThat(Challenge.read("Negotiate abc==, Digest realm=\"a, b=\\\"c\\\"\" , qop = auth,BEARER  Error=\"x\""))
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("digest", Map.of("realm", "a, b=\"c\"", "qop", "auth")),
                        new Challenge("bearer", Map.of("Error", "x")));
        assertThat(Challenge.read("Basic")).containsExactly(new Challenge("basic", Map.of()));
        assertThat(Challenge.read("")).isEmpty();
        assertThat(Challenge.read(" , ,")).isEmpty();
    }

    @Test
    void shouldKeepWhatStandsBeforeABreak() {
        assertThat(Challenge.read("Bearer realm=\"x\", error=\"never closed"))
                .first()
                .isEqualTo(new Challenge("bearer", Map.of("realm", "x")));
    }

    @Test
    void shouldReadALongHeaderQuickly() {
        String long1 = "a,=\\\"".repeat(20_000);
        assertThat(Challenge.read("Bearer claims=\"" + long1 + "\"")
                        .get(0)
                        .parameters()
                        .get("claims"))
                .hasSize(80_000);
        Challenge.read("Bearer claims=\"" + long1);
        Challenge.read(" ,".repeat(50_000));
        Challenge.read("a ".repeat(50_000));
        Challenge.read("Bearer " + "a=".repeat(50_000));
    }

    @Test
    void shouldTakeTheClaimsOfAChallenge() {
        assertThat(claims(bearer(base64(CLAIMS)))).isEqualTo(CLAIMS);
        assertThat(claims("bearer claims=\"" + base64(CLAIMS) + "\",ERROR=insufficient_claims"))
                .isEqualTo(CLAIMS);
    }

    @Test
    void shouldFindItAmongSeveralHeaders() {
        assertThat(claims(
                        "Negotiate",
                        "Bearer error=\"invalid_token\", claims=\"" + base64("{\"other\":1}") + "\"",
                        "Basic realm=\"x\", " + bearer(base64(CLAIMS))))
                .isEqualTo(CLAIMS);
    }

    @Test
    void shouldTakeEachFormOfBase64() {
        String claims = "{\"a\":\"ÿÿ>?~\"}";
        byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        assertThat(forms).anyMatch(form -> form.contains("+") || form.contains("/"));
        assertThat(forms).allSatisfy(form -> assertThat(claims(bearer(form))).isEqualTo(claims));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer error=\"insufficient_claims\"",
                "Bearer error=\"insufficient_claims\", claims=\"\"",
                "Bearer error=\"insufficient_claims\", claims=\"%%%\"",
                "Bearer error=\"insufficient_claims\", claims=\"bm8ganNvbg==\"",
                "Bearer error=\"insufficient_claims\", claims=\"WzFd\"",
                "Bearer error=\"insufficient_claims\", claims=\"e30",
                "Bearer error=\"invalid_token\", claims=\"e30=\"",
                "PoP error=\"insufficient_claims\", claims=\"e30=\"",
                "error=\"insufficient_claims\", claims=\"e30=\""
            })
    void shouldTakeAnythingElseForNoChallenge(String header) {
        assertThat(claims(header)).isNull();
    }

    @Test
    void shouldDoWithoutTheHeader() {
        assertThat(claims()).isNull();
    }
}
