package io.github.defenderreactive.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class TokenCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final TokenRequest REQUEST = TokenRequest.of("https://api.example/.default");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final VirtualClock clock = new VirtualClock(time, Instant.parse("2026-11-23T12:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Mono<AccessToken>> authority = new AtomicReference<>(Mono.defer(() -> token(LIFE)));
    private final TokenCache cache = TokenCache.builder(request -> Mono.defer(() -> {
                asked.incrementAndGet();
                return authority.get();
            }))
            .clock(clock)
            .scheduler(time)
            .random(() -> 0.5)
            .build();

    private Mono<AccessToken> token(Duration life) {
        return Mono.just(AccessToken.of("token-" + asked, clock.instant().plus(life)));
    }

    private String get() {
        return cache.get(REQUEST).map(AccessToken::value).block(PATIENCE);
    }

    private Throwable failure() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        cache.get(REQUEST).subscribe(token -> {}, seen::set);
        return seen.get();
    }

    private static ServiceException unavailable() {
        return new ServiceException("unavailable", null, ErrorContext.NONE);
    }

    private static AuthenticationException wrongSecret() {
        return new AuthenticationException("wrong secret", ErrorContext.NONE, null);
    }

    @Test
    void shouldAskNothingBeforeSubscribe() {
        cache.get(REQUEST);
        assertThat(asked).hasValue(0);
    }

    @Test
    void shouldAskOnceForAThousandCallersAtOnce() {
        authority.set(Mono.defer(() -> token(LIFE)).delayElement(Duration.ofMillis(200), Schedulers.parallel()));
        StepVerifier.create(Flux.range(0, 1_000)
                        .flatMap(i -> cache.get(REQUEST).subscribeOn(Schedulers.boundedElastic()), 1_000)
                        .map(AccessToken::value)
                        .distinct()
                        .collectList())
                .expectNext(List.of("token-1"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldKeepAskingWhenTheFirstCallerLeaves() {
        Sinks.One<AccessToken> pending = Sinks.one();
        AtomicInteger cancelled = new AtomicInteger();
        authority.set(pending.asMono().doOnCancel(cancelled::incrementAndGet));
        Disposable first = cache.get(REQUEST).subscribe();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cache.get(REQUEST).map(AccessToken::value).subscribe(others::add);
        }
        first.dispose();
        assertThat(cancelled).hasValue(0);
        pending.tryEmitValue(AccessToken.of("late", clock.instant().plus(LIFE)));
        assertThat(others).hasSize(20).containsOnly("late");
        assertThat(get()).isEqualTo("late");
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldNotCarryACallersContextToTheCredential() {
        AtomicReference<Boolean> seen = new AtomicReference<>();
        authority.set(Mono.deferContextual(context -> {
            seen.set(context.hasKey("caller"));
            return token(LIFE);
        }));
        cache.get(REQUEST).contextWrite(context -> context.put("caller", 1)).block(PATIENCE);
        assertThat(seen).hasValue(false);
    }

    @Test
    void shouldHandOutTheOldTokenWhileOneRefreshRuns() {
        assertThat(get()).isEqualTo("token-1");
        // 75 % of an hour with this random source
        time.advanceTimeBy(Duration.ofMinutes(45).minusSeconds(1));
        assertThat(get()).isEqualTo("token-1");
        assertThat(asked).hasValue(1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        Sinks.One<AccessToken> pending = Sinks.one();
        authority.set(pending.asMono());
        for (int i = 0; i < 5; i++) {
            assertThat(get()).isEqualTo("token-1");
        }
        assertThat(asked).hasValue(2);
        pending.tryEmitValue(AccessToken.of("token-2", clock.instant().plus(LIFE)));
        assertThat(get()).isEqualTo("token-2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldRefreshWhenTheIssuerSays() {
        authority.set(Mono.defer(() -> Mono.just(AccessToken.of(
                "token-" + asked, clock.instant().plus(LIFE), clock.instant().plus(Duration.ofMinutes(10))))));
        get();
        time.advanceTimeBy(Duration.ofMinutes(10).minusSeconds(1));
        get();
        assertThat(asked).hasValue(1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        get();
        assertThat(asked).hasValue(2);
        assertThat(get()).isEqualTo("token-2");
    }

    @Test
    void shouldRefreshFiveMinutesBeforeTheEndAtTheLatest() {
        authority.set(Mono.defer(() -> Mono.just(AccessToken.of(
                "token-" + asked, clock.instant().plus(LIFE), clock.instant().plus(LIFE)))));
        get();
        time.advanceTimeBy(LIFE.minusMinutes(5));
        get();
        assertThat(get()).isEqualTo("token-2");
    }

    @Test
    void shouldScaleDownForAShortLife() {
        authority.set(Mono.defer(() -> token(Duration.ofSeconds(60))));
        get();
        time.advanceTimeBy(Duration.ofSeconds(44));
        get();
        assertThat(asked).hasValue(1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        get();
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldKeepTheOldTokenAndPauseWhenARefreshFails() {
        get();
        time.advanceTimeBy(Duration.ofMinutes(50));
        authority.set(Mono.error(wrongSecret()));
        for (int i = 0; i < 10; i++) {
            assertThat(get()).isEqualTo("token-1");
        }
        assertThat(asked).hasValue(2);
        time.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(get()).isEqualTo("token-1");
        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldNeverHandOutATokenThatHasEnded() {
        get();
        time.advanceTimeBy(LIFE);
        authority.set(Mono.error(wrongSecret()));
        assertThat(failure()).isInstanceOf(AuthenticationException.class);
        time.advanceTimeBy(Duration.ofSeconds(31));
        authority.set(Mono.defer(() -> token(LIFE)));
        assertThat(get()).isEqualTo("token-3");
    }

    @Test
    void shouldRefuseATokenThatHasEndedWhenItComes() {
        authority.set(Mono.defer(() -> token(Duration.ZERO)));
        assertThat(failure()).isInstanceOf(AuthenticationException.class).hasMessageContaining("clock");
    }

    @Test
    void shouldAskSeldomWhileTheSecretIsWrong() {
        authority.set(Mono.error(wrongSecret()));
        Set<Throwable> seen = new HashSet<>();
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 100; i++) {
                seen.add(failure());
            }
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(asked).hasValue(2);
        assertThat(seen).as("each caller has an error of its own").hasSize(6_000);
        seen.iterator().next().addSuppressed(new IllegalStateException("of one caller"));
        assertThat(failure()).hasNoSuppressedExceptions();
    }

    @Test
    void shouldTryAgainWhenTheFailureMayPass() {
        List<Throwable> errors = new ArrayList<>(
                List.of(unavailable(), new ConnectionException("reset", true, ErrorContext.NONE, null)));
        authority.set(Mono.defer(() -> errors.isEmpty() ? token(LIFE) : Mono.error(errors.remove(0))));
        List<String> seen = new ArrayList<>();
        cache.get(REQUEST).map(AccessToken::value).subscribe(seen::add);
        assertThat(seen).isEmpty();
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(seen).containsExactly("token-3");
    }

    @Test
    void shouldGiveUpAfterThreeTriesAndPauseLongerEachTime() {
        authority.set(Mono.error(unavailable()));
        List<Integer> rounds = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            cache.get(REQUEST).subscribe(token -> {}, error -> {});
            time.advanceTimeBy(Duration.ofSeconds(1));
            rounds.add(asked.get());
        }
        assertThat(rounds.get(2)).isEqualTo(3);
        // 3 tries a round; pauses of 1.5, 3, 6, 12, 22.5, 22.5 … seconds with this random source
        assertThat(asked.get()).isBetween(15, 27);
        assertThat(asked.get() - rounds.get(60)).as("in the second minute").isLessThanOrEqualTo(9);
    }

    @Test
    void shouldWaitAsLongAsTheAuthorityAsks() {
        authority.set(Mono.error(new ThrottledException("slow down", Duration.ofSeconds(100), ErrorContext.NONE)));
        assertThat(failure())
                .isInstanceOfSatisfying(
                        ThrottledException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(100)));
        assertThat(asked).as("a long wait is not for the refresh").hasValue(1);
        authority.set(Mono.defer(() -> token(LIFE)));
        time.advanceTimeBy(Duration.ofSeconds(99));
        assertThat(failure()).isInstanceOf(ThrottledException.class);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(get()).isEqualTo("token-2");
    }

    @Test
    void shouldEndARefreshThatHangs() {
        AtomicInteger cancelled = new AtomicInteger();
        authority.set(Mono.<AccessToken>never().doOnCancel(cancelled::incrementAndGet));
        AtomicReference<Throwable> seen = new AtomicReference<>();
        cache.get(REQUEST).subscribe(token -> {}, seen::set);
        time.advanceTimeBy(TokenCredential.DEFAULT_DEADLINE);
        assertThat(seen.get())
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        e -> assertThat(e.phase()).isEqualTo(CallTimeoutException.Phase.DEADLINE));
        assertThat(cancelled).hasValue(1);
        authority.set(Mono.defer(() -> token(LIFE)));
        time.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(get()).isEqualTo("token-2");
    }

    /** The clock of a machine that has just started may be ahead until it is set right. */
    @Test
    void shouldNotWaitForATimeThatAClockSetBackTakesAwayAgain() {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofHours(2));
        TokenCache skewed = TokenCache.builder(request -> Mono.defer(() -> {
                    asked.incrementAndGet();
                    return authority.get();
                }))
                .clock(((InstantSource) () -> clock.instant().plus(ahead.get())).withZone(ZoneOffset.UTC))
                .scheduler(time)
                .build();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        skewed.get(REQUEST).subscribe(token -> {}, seen::set);
        assertThat(seen.get()).as("by that clock the token has ended").hasMessageContaining("clock");

        ahead.set(Duration.ZERO);
        time.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(skewed.get(REQUEST).map(AccessToken::value).block(PATIENCE)).isEqualTo("token-2");
    }

    @Test
    void shouldForgetOnlyTheTokenThatWasRejected() {
        AccessToken first = cache.get(REQUEST).block(PATIENCE);
        cache.invalidate(REQUEST, AccessToken.of("another", clock.instant().plus(LIFE)));
        assertThat(get()).isEqualTo("token-1");
        cache.invalidate(REQUEST, first);
        assertThat(get()).isEqualTo("token-2");
        // others that held the first one too report it late
        cache.invalidate(REQUEST, first);
        assertThat(get()).isEqualTo("token-2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldNotFloodTheAuthorityWhenEveryTokenIsRejected() {
        for (int second = 0; second < 60; second++) {
            cache.invalidate(REQUEST, cache.get(REQUEST).block(PATIENCE));
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(asked.get()).isBetween(4, 10);
    }

    @Test
    void shouldKeepScopesAndClaimsApart() {
        get();
        cache.get(TokenRequest.of("https://other.example/.default")).block(PATIENCE);
        cache.get(REQUEST.withClaims("{\"access_token\":{}}")).block(PATIENCE);
        assertThat(asked).hasValue(3);
        assertThat(get()).isEqualTo("token-1");
        for (int i = 0; i < TokenCache.DEFAULT_MAX_TOKENS; i++) {
            cache.get(REQUEST.withClaims("claims " + i)).block(PATIENCE);
        }
        int before = asked.get();
        get();
        assertThat(asked).as("the one not used for longest went").hasValue(before + 1);
    }

    @Test
    void shouldSurviveACredentialThatMisbehaves() {
        authority.set(Mono.empty());
        assertThat(failure()).isInstanceOf(AuthenticationException.class);
        TokenCache throwing = TokenCache.of(request -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> throwing.get(REQUEST).block(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void shouldShowNoTokenInItsRendering() {
        AccessToken token = cache.get(REQUEST).block(PATIENCE);
        assertThat(token + " " + cache).doesNotContain("token-1");
    }

    // ---- tokens that never end, claims --------------------------------------------------------------------------

    @Test
    void shouldKeepATokenWithoutEnd() {
        TokenCache handMade = TokenCache.builder(request -> Mono.fromSupplier(
                        () -> AccessToken.of("hand-made-" + asked.incrementAndGet(), java.time.Instant.MAX)))
                .clock(clock)
                .scheduler(time)
                .build();
        for (int i = 0; i < 3; i++) {
            assertThat(handMade.get(REQUEST).map(AccessToken::value).block(PATIENCE))
                    .isEqualTo("hand-made-1");
            time.advanceTimeBy(Duration.ofDays(30));
        }
    }

    @Test
    void shouldForgetTheTokenOfTheRejectedRequestOnly() {
        AccessToken same = AccessToken.of("same", clock.instant().plus(LIFE));
        TokenCache shared = TokenCache.builder(request -> Mono.fromCallable(() -> {
                    asked.incrementAndGet();
                    return same;
                }))
                .clock(clock)
                .scheduler(time)
                .build();
        TokenRequest other = TokenRequest.of("another scope");
        shared.get(REQUEST).block(PATIENCE);
        shared.get(other).block(PATIENCE);
        shared.invalidate(REQUEST, same);
        shared.get(other).block(PATIENCE);
        assertThat(asked).hasValue(2);
        shared.get(REQUEST).block(PATIENCE);
        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldAskWithTheClaimsOfAChallengeUntilOneTokenHasThem() {
        List<String> claims = new ArrayList<>();
        TokenCache challenged = TokenCache.builder(request -> Mono.defer(() -> {
                    claims.add(request.claims());
                    asked.incrementAndGet();
                    return token(LIFE);
                }))
                .clock(clock)
                .scheduler(time)
                .build();
        challenged.invalidate(REQUEST, challenged.get(REQUEST).block(PATIENCE), "{\"a\":1}");
        AccessToken second = challenged.get(REQUEST).block(PATIENCE);
        challenged.invalidate(REQUEST, AccessToken.of("token-1", clock.instant()), "{\"b\":2}");
        assertThat(challenged.get(REQUEST).block(PATIENCE)).isSameAs(second);
        time.advanceTimeBy(LIFE);
        challenged.get(REQUEST).block(PATIENCE);
        assertThat(claims).containsExactly(null, "{\"a\":1}", null);
        assertThatThrownBy(() -> challenged.invalidate(REQUEST, second, "no JSON"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotTakeAnEarlierRequestForTheAnswerToAChallenge() {
        List<String> claims = new ArrayList<>();
        List<Sinks.One<AccessToken>> pending = new ArrayList<>();
        TokenCache challenged = TokenCache.builder(request -> Mono.defer(() -> {
                    claims.add(request.claims());
                    pending.add(Sinks.one());
                    return pending.get(pending.size() - 1).asMono();
                }))
                .clock(clock)
                .scheduler(time)
                .build();
        List<String> seen = new ArrayList<>();
        challenged.get(REQUEST).map(AccessToken::value).subscribe(seen::add);
        AccessToken first = AccessToken.of("first", clock.instant().plus(LIFE));
        pending.get(0).tryEmitValue(first);
        time.advanceTimeBy(Duration.ofMinutes(50));
        challenged.get(REQUEST).map(AccessToken::value).subscribe(seen::add);
        assertThat(claims).as("a refresh ahead of time runs").containsExactly(null, null);

        challenged.invalidate(REQUEST, first, "{\"a\":1}");
        challenged.get(REQUEST).map(AccessToken::value).subscribe(seen::add);
        pending.get(1).tryEmitValue(AccessToken.of("without", clock.instant().plus(LIFE)));
        assertThat(seen).containsExactly("first", "first");
        challenged.get(REQUEST).map(AccessToken::value).subscribe(seen::add);
        pending.get(2).tryEmitValue(AccessToken.of("with", clock.instant().plus(LIFE)));

        assertThat(seen).containsExactly("first", "first", "with", "with");
        assertThat(claims).containsExactly(null, null, "{\"a\":1}");
    }

    @Test
    void shouldMergeClaims() {
        TokenRequest both = REQUEST.withClaims("{\"access_token\":{\"x\":{\"values\":[\"cp1\"]},\"y\":1}}")
                .withClaims("{\"access_token\":{\"y\":null,\"z\":{}},\"id_token\":{}}");
        assertThat(both.claims())
                .isEqualTo("{\"access_token\":{\"x\":{\"values\":[\"cp1\"]},\"y\":null,\"z\":{}},\"id_token\":{}}");
        assertThatThrownBy(() -> both.withClaims("[]")).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- people ------------------------------------------------------------------------------------------------

    /** A credential that asks a person. */
    private TokenCache asking() {
        return TokenCache.builder(new TokenCredential() {
                    @Override
                    public Mono<AccessToken> getToken(TokenRequest request) {
                        return Mono.defer(() -> {
                            asked.incrementAndGet();
                            return authority.get();
                        });
                    }

                    @Override
                    public boolean isInteractive() {
                        return true;
                    }
                })
                .clock(clock)
                .scheduler(time)
                .build();
    }

    @Test
    void shouldStopAskingAPersonWhenTheLastCallerLeaves() {
        AtomicInteger cancelled = new AtomicInteger();
        authority.set(Mono.<AccessToken>never().doOnCancel(cancelled::incrementAndGet));
        TokenCache interactive = asking();
        Disposable first = interactive.get(REQUEST).subscribe();
        Disposable second = interactive.get(REQUEST).subscribe();
        first.dispose();
        first.dispose();
        assertThat(cancelled).as("one still waits").hasValue(0);
        second.dispose();
        assertThat(cancelled).hasValue(1);
        authority.set(Mono.defer(() -> token(LIFE)));
        assertThat(interactive.get(REQUEST).map(AccessToken::value).block(PATIENCE))
                .as("a new caller has the person asked anew")
                .isEqualTo("token-2");
    }

    @Test
    void shouldWaitForAPersonAsLongAsTheCredentialDoes() {
        Sinks.One<AccessToken> pending = Sinks.one();
        authority.set(pending.asMono());
        AtomicReference<AccessToken> seen = new AtomicReference<>();
        asking().get(REQUEST).subscribe(seen::set);
        time.advanceTimeBy(Duration.ofMinutes(14));
        pending.tryEmitValue(AccessToken.of("signed-in", clock.instant().plus(LIFE)));
        assertThat(seen.get().value()).isEqualTo("signed-in");
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldAskAPersonOnlyWhenSomebodyWaitsAndNotTwice() {
        TokenCache interactive = asking();
        interactive.get(REQUEST).block(PATIENCE);
        time.advanceTimeBy(LIFE.minusSeconds(1));
        interactive.get(REQUEST).block(PATIENCE);
        assertThat(asked).as("no refresh ahead of time").hasValue(1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        authority.set(Mono.error(unavailable()));
        AtomicReference<Throwable> seen = new AtomicReference<>();
        interactive.get(REQUEST).subscribe(token -> {}, seen::set);
        assertThat(seen.get()).isInstanceOf(ServiceException.class);
        assertThat(asked).as("no repeat by itself").hasValue(2);
    }
}
