package io.github.defenderreactive.runtime.auth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.NOW;
import static io.github.defenderreactive.runtime.auth.TestAuthority.PATIENCE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Very many callers and an authority in good and in bad shape, over real connections. */
class TokenStormTest {

    private static final int CALLERS = 10_000;
    private static final String SECRET = "secret-of-the-storm";

    private final TestClock clock = new TestClock(NOW);
    private TestAuthority authority;
    private ReactorNettyTransport impatient;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority();
        impatient = ReactorNettyTransport.create(TransportOptions.builder()
                .responseTimeout(Duration.ofMillis(500))
                .build());
    }

    @AfterEach
    void stop() {
        impatient.closeLater().block(PATIENCE);
        authority.close();
    }

    private TokenCache cache() {
        return cache(authority.transport);
    }

    private TokenCache cache(ReactorNettyTransport transport) {
        return TokenCache.builder(authority
                        .at(ClientSecretCredential.builder().secret(() -> SECRET))
                        .clock(clock)
                        .transport(transport)
                        .build())
                .clock(clock)
                .build();
    }

    /** What all callers got: tokens, or kinds of error. */
    private static Set<Object> all(TokenCache cache) throws InterruptedException {
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(CALLERS);
        Flux.range(0, CALLERS)
                .parallel(4)
                .runOn(Schedulers.boundedElastic())
                .subscribe(i -> cache.get(REQUEST)
                        .map(token -> (Object) token.value())
                        .onErrorResume(error -> Mono.just(error.getClass()))
                        .subscribe(answer -> {
                            seen.add(answer);
                            answered.incrementAndGet();
                            done.countDown();
                        }));
        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s of %s are answered", answered, CALLERS)
                .isTrue();
        return seen;
    }

    private int sent() {
        return authority.server.requests().size();
    }

    @Test
    void shouldAskOnceForTenThousandCallersWhoseTokenHasEnded() throws Exception {
        TokenCache cache = cache();
        authority.server.answer(TestAuthority.tokens("first-token"));
        assertThat(TestAuthority.token(cache.get(REQUEST)).value()).isEqualTo("first-token");
        clock.advance(Duration.ofSeconds(3601));
        authority.server.answer(TestAuthority.tokens("second-token").slowly(20, Duration.ofMillis(20)));
        assertThat(all(cache)).containsExactly("second-token");
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void shouldAskOnceWhenAllReportTheSameTokenRejected() throws Exception {
        TokenCache cache = cache();
        authority.server.answer(TestAuthority.tokens("first-token"));
        AccessToken first = TestAuthority.token(cache.get(REQUEST));
        authority.server.answer(TestAuthority.tokens("second-token"));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Flux.range(0, CALLERS)
                .flatMap(
                        i -> Mono.fromRunnable(() -> cache.invalidate(REQUEST, first))
                                .subscribeOn(Schedulers.boundedElastic())
                                .then(cache.get(REQUEST))
                                .doOnNext(token -> seen.add(token.value())),
                        200)
                .blockLast(PATIENCE);
        assertThat(seen).containsExactly("second-token");
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void shouldServeTheOthersWhenTheFirstLeaves() throws Exception {
        TokenCache cache = cache();
        authority.server.answer(TestAuthority.tokens("first-token").slowly(20, Duration.ofMillis(20)));
        Disposable leader = cache.get(REQUEST).subscribe();
        Awaitility.await().atMost(PATIENCE).until(() -> sent() == 1);
        leader.dispose();
        assertThat(all(cache)).containsExactly("first-token");
        assertThat(sent()).isEqualTo(1);
    }

    private static Stream<Arguments> trouble() {
        return Stream.of(
                Arguments.of("throttled", Answer.status(429).header("Retry-After", "60"), ThrottledException.class, 1),
                Arguments.of("throttled, silent", Answer.status(429), ThrottledException.class, 3),
                Arguments.of("broken", Answer.status(500).body("<html>"), ServiceException.class, 3),
                Arguments.of("garbage", Answer.status(200).body("}{ garbage"), DecodeException.class, 1),
                Arguments.of("a login page", Answer.status(302), AuthenticationException.class, 1),
                Arguments.of(
                        "a token without end",
                        Answer.json("{\"access_token\":\"t\",\"expires_in\":\"soon\"}"),
                        DecodeException.class,
                        1),
                Arguments.of(
                        "an ended token",
                        Answer.json("{\"access_token\":\"t\",\"expires_in\":0}"),
                        AuthenticationException.class,
                        1),
                Arguments.of(
                        "wrong secret",
                        TestAuthority.refusal("invalid_client", 7000215),
                        AuthenticationException.class,
                        1),
                Arguments.of(
                        "unknown tenant",
                        TestAuthority.refusal("invalid_request", 90002),
                        AuthenticationException.class,
                        1),
                Arguments.of("a loop", TestAuthority.refusal("invalid_request", 50196), ThrottledException.class, 1),
                Arguments.of("silence", Answer.nothing(Ending.STALL), CallTimeoutException.class, 3),
                Arguments.of("a reset", Answer.nothing(Ending.RESET), ConnectionException.class, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trouble")
    void shouldTellEverybodyAndAskSeldomWhenTheAuthorityIsInTrouble(
            String what, Answer answer, Class<? extends Throwable> expected, int requests) throws Exception {
        TokenCache cache = cache(expected == CallTimeoutException.class ? impatient : authority.transport);
        authority.server.answer(answer);
        assertThat(all(cache)).containsExactly(expected);
        assertThat(sent()).as("requests").isEqualTo(requests);
        assertThat(all(cache)).as("a second wave").containsExactly(expected);
        assertThat(sent()).as("requests of the second wave").isEqualTo(requests);
        clock.advance(Duration.ofMinutes(6));
        authority.server.answer(TestAuthority.tokens("healed-token"));
        assertThat(all(cache)).as("after the pause").containsExactly("healed-token");
        assertThat(sent()).isEqualTo(requests + 1);
    }

    @Test
    void shouldNeverGiveTheTokenOfOneSecretToAnother() {
        authority.server.answer(request ->
                TestAuthority.parameters(request.body()).get("client_secret").equals(SECRET)
                        ? TestAuthority.tokens("right-token")
                        : TestAuthority.refusal("invalid_client", 7000215));
        TokenCache right = cache();
        TokenCache wrong = TokenCache.of(authority
                .at(ClientSecretCredential.builder().secret(() -> "another-secret-of-the-storm"))
                .build());
        assertThat(TestAuthority.token(right.get(REQUEST)).value()).isEqualTo("right-token");
        TestAuthority.failure(AuthenticationException.class, wrong.get(REQUEST), "another-secret-of-the-storm");
        assertThat(TestAuthority.token(right.get(REQUEST)).value()).isEqualTo("right-token");
    }
}
