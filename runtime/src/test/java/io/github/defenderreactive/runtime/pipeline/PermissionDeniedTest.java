package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.testing.JwtMaker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a 403 says of its cause. The operation needs Row.Read.All of an application and Row.Read of a user. */
class PermissionDeniedTest {

    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();
    private static final String RESOURCE = "https://api.harbour.example";

    private static String refusal(String token, String scope) {
        TokenCache tokens = TokenCache.of(request -> Mono.just(AccessToken.of(token, Instant.MAX)));
        String[] message = new String[1];
        StepVerifier.create(Pipelines.over(ScriptedTransport.of(Answer.of(403, "{\"error\":{\"code\":\"Forbidden\"}}")))
                        .authorization(tokens, scope)
                        .build()
                        .single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(PermissionDeniedException.class);
                    message[0] = error.getMessage();
                })
                .verify(Duration.ofSeconds(10));
        assertThat(message[0]).doesNotContain(token);
        return message[0];
    }

    private static String refusal(String claims) {
        return refusal(JwtMaker.unchecked(claims), RESOURCE + "/.default");
    }

    @Test
    void shouldNameTheMissingRole() {
        assertThat(refusal("{\"aud\":\"" + RESOURCE + "\",\"roles\":[\"Other.Read.All\"]}"))
                .contains("missing permission is the likely cause", "has Other.Read.All", "Grant Row.Read.All");
        assertThat(refusal("{\"aud\":\"" + RESOURCE + "/\"}"))
                .contains("for " + RESOURCE + "/, has none", "Grant Row.Read.All", "administrator consent");
        assertThat(refusal("{\"aud\":\"" + RESOURCE + "\",\"scp\":\"Other.Read\",\"roles\":[\"Row.Read.All\"]}"))
                .contains("has Other.Read.", "Grant Row.Read,");
    }

    @Test
    void shouldBlameTheAudience() {
        assertThat(refusal("{\"aud\":\"https://other.example\",\"roles\":[\"Row.Read.All\"]}"))
                .contains(
                        "audience is the likely cause",
                        "the token is for https://other.example",
                        "one for " + RESOURCE + " was requested");
        assertThat(refusal("{\"aud\":\"" + RESOURCE + "\",\"roles\":[\"row.read.all\"]}"))
                .contains("The token has Row.Read.All", "its audience, " + RESOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://API.harbour.example/,https://api.harbour.example/.default",
        "fc780465-2017-40d4-a0c5-307022471b92,https://api.harbour.example/.default",
        "https://api.harbour.example,fc780465-2017-40d4-a0c5-307022471b92/.default",
        "https://api.harbour.example,https://api.harbour.example/Row.Read offline_access",
    })
    void shouldNotTakeTwoSpellingsForTwoAudiences(String audience, String scope) {
        assertThat(refusal(JwtMaker.unchecked("{\"aud\":\"" + audience + "\",\"scp\":\"Row.Read\"}"), scope))
                .contains("The token has Row.Read", "the user's own role in the service, or the device groups")
                .doesNotContain("was requested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque-token-of-the-test", "a.b.c"})
    void shouldSayWhatCanBeSaidOfATokenThatCannotBeRead(String token) {
        assertThat(refusal(token, RESOURCE + "/.default"))
                .contains("getRow needs one of [Row.Read.All] for an application", "another audience")
                .doesNotContain("likely cause");
    }
}
