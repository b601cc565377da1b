package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import io.github.defenderreactive.testing.JwtMaker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A service that wants a token with other claims, over real connections. */
class ClaimsChallengeWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();
    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}";

    private final List<TokenRequest> asked = new CopyOnWriteArrayList<>();
    private final TokenCache tokens = TokenCache.of(request -> Mono.fromSupplier(() -> {
        asked.add(request);
        return AccessToken.of("token-" + asked.size(), Instant.now().plusSeconds(3600));
    }));
    private final ReactorNettyTransport transport = ReactorNettyTransport.create();
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void stop() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    private PipelineBuilder pipeline() {
        return Pipelines.over(transport)
                .apiRoot(server.uri("/api"))
                .retry(RetryPolicy.none())
                .authorization(tokens, "scope/.default");
    }

    /** Three lines of the same name. */
    private static Answer challenge(String claims) {
        return Answer.status(401)
                .header(
                        "WWW-Authenticate",
                        "Negotiate\r\nWWW-Authenticate: Bearer realm=\"\", authorization_uri=\"https://login.example/a?b=c,d\","
                                + " error=\"insufficient_claims\", claims=\"" + claims
                                + "\"\r\nWWW-Authenticate: Basic realm=\"x\"");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> sent() {
        return server.requests().stream()
                .map(request -> request.headers().get("Authorization"))
                .toList();
    }

    private void assertRow(Pipeline pipeline) {
        StepVerifier.create(pipeline.single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldAskForATokenWithTheClaimsAndSendTheCallAgain() {
        server.enqueue(challenge(base64(CLAIMS)));
        server.answer(Answer.json("{\"id\":\"x\"}"));
        Pipeline pipeline = pipeline().build();
        assertRow(pipeline);
        assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(asked)
                .containsExactly(
                        TokenRequest.of("scope/.default"),
                        TokenRequest.of("scope/.default").withClaims(CLAIMS));
        assertRow(pipeline);
        assertThat(asked).as("the new token serves other calls").hasSize(2);
    }

    @Test
    void shouldAddTheClaimsToThoseItAsksForAnyway() {
        server.enqueue(challenge(base64(CLAIMS)));
        server.answer(Answer.json("{\"id\":\"x\"}"));
        TokenRequest able =
                TokenRequest.of("scope/.default").withClaims("{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");
        assertRow(pipeline().authorization(tokens, able).build());
        assertThat(asked)
                .extracting(TokenRequest::claims)
                .containsExactly(
                        able.claims(),
                        "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]},\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}");
    }

    @Test
    void shouldSayThatTheServiceIsNotContentWithTheSecondTokenEither() {
        server.answer(challenge(base64(CLAIMS)));
        StepVerifier.create(pipeline().build().single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(AuthenticationException.class)
                            .hasMessageContaining("other claims")
                            .hasMessageNotContaining("token-");
                    assertThat(((AuthenticationException) error).claims()).isEqualTo(CLAIMS);
                    assertThat(((AuthenticationException) error).attempts()).isEqualTo(2);
                })
                .verify(PATIENCE);
        assertThat(sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "bm8ganNvbg==", "WzFd"})
    void shouldTakeABrokenChallengeForAnOrdinaryRefusal(String claims) {
        server.enqueue(challenge(claims));
        server.answer(Answer.json("{\"id\":\"x\"}"));
        assertRow(pipeline().build());
        assertThat(asked).extracting(TokenRequest::claims).containsOnlyNulls().hasSize(2);
    }

    @Test
    void shouldAskOnceWhenManyCallsAreChallenged() {
        server.answer(request -> request.headers().get("Authorization").equals("Bearer token-1")
                ? challenge(base64(CLAIMS)).slowly(1, Duration.ofMillis(1))
                : Answer.json("{\"id\":\"x\"}"));
        Pipeline pipeline = pipeline().build();
        StepVerifier.create(Flux.range(0, 100).flatMap(i -> pipeline.single(GET), 100))
                .expectNextCount(100)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).claims()).isEqualTo(CLAIMS);
    }

    @Test
    void shouldAskForClaimsOnlyUntilATokenHasThem() {
        server.enqueue(challenge(base64(CLAIMS)), Answer.json("{\"id\":\"x\"}"), Answer.status(401));
        server.answer(Answer.json("{\"id\":\"x\"}"));
        Pipeline pipeline = pipeline().build();
        assertRow(pipeline);
        assertRow(pipeline);
        assertThat(asked).extracting(TokenRequest::claims).containsExactly(null, CLAIMS, null);
    }

    @Test
    void shouldActForTheUserItWasGiven() {
        server.answer(Answer.json("{\"id\":\"x\"}"));
        UserAssertion ann = UserAssertion.of(JwtMaker.unchecked("{\"upn\":\"ann\"}"));
        UserAssertion bob = UserAssertion.of(JwtMaker.unchecked("{\"upn\":\"bob\"}"));
        Pipeline pipeline = pipeline().build();
        assertRow(pipeline.onBehalfOf(ann));
        assertRow(pipeline.onBehalfOf(bob));
        assertRow(pipeline.onBehalfOf(ann));
        assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-1");
        assertThat(asked).extracting(TokenRequest::user).containsExactly(ann, bob);
    }
}
