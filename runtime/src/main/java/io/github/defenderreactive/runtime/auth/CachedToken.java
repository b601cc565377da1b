package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

/**
 * The token of one scope: at most one request to the authority at a time, whoever waits for it. Only a claims challenge
 * begins another beside it, because the one that runs does not answer it.
 *
 * <p>The request belongs to the cell and not to the caller that met an empty cell: no caller's cancel, deadline or context
 * reaches it. This is the one place of the library that subscribes by itself.
 */
final class CachedToken {

    static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CachedToken.class);

    /** A token is asked anew at this part of its life, less the jitter. */
    private static final double REFRESH_AT = 0.8;

    private static final double REFRESH_JITTER = 0.1;
    private static final Duration REFRESH_BEFORE_END = Duration.ofMinutes(5);
    private static final double REFRESH_BEFORE_END_OF_SHORT_LIFE = 0.2;
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);
    private static final Backoff BETWEEN_ATTEMPTS = Backoff.halfJitter(Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final Duration LONGEST_WAIT_IN_REFRESH = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Backoff PAUSES = Backoff.halfJitter(Duration.ofSeconds(2), LONGEST_PAUSE);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /** So many tokens may be rejected soon after they came before one is kept: asking on would flood the authority. */
    private static final int REJECTED_IN_ROW = 3;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TokenRequest request;
    private final TokenCredential credential;
    private final Clock clock;
    private final Scheduler scheduler;
    private final DoubleSupplier random;

    // guarded by this; no callback runs under the lock
    private @Nullable AccessToken token;
    private Instant obtainedAt = Instant.MIN;
    private Instant refreshAt = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private @Nullable Refresh running;
    private @Nullable TokenFailure failure;
    private int failuresInRow;
    private int rejectedInRow;
    private @Nullable String claims;

    CachedToken(
            TokenRequest request, TokenCredential credential, Clock clock, Scheduler scheduler, DoubleSupplier random) {
        this.request = request;
        this.credential = credential;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** A usable token, now or when the running request brings it. */
    Mono<AccessToken> get() {
        return Mono.defer(this::now);
    }

    private Mono<AccessToken> now() {
        Refresh started = null;
        try {
            Instant now = clock.instant();
            boolean interactive = credential.isInteractive();
            Mono<AccessToken> answer;
            synchronized (this) {
                AccessToken current = token;
                if (current != null && now.isBefore(current.expiresAt())) {
                    // Nobody waits for a refresh ahead of time, so nobody would see whom it asks to sign in.
                    if (running == null && !interactive && !now.isBefore(refreshAt) && !isPaused(now)) {
                        started = begin(false);
                    }
                    answer = Mono.just(current);
                } else if (running != null) {
                    answer = waiting(running);
                } else if (failure != null && isPaused(now)) {
                    answer = Mono.error(failure.forCaller());
                } else {
                    started = begin(interactive);
                    answer = waiting(started);
                }
            }
            if (started != null) {
                run(started);
            }
            return answer;
        } catch (Error e) {
            if (started != null) {
                fail(started, e);
            }
            return Mono.error(ForeignCode.failed("The credential or its clock", e));
        }
    }

    /** A pause of more than the longest is one that a clock began before it was set back. */
    private boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil) && !now.isBefore(pausedUntil.minus(LONGEST_RETRY_AFTER));
    }

    /**
     * Forgets the token if it is this one; a newer one stays.
     *
     * @param challenge what the next token must hold, or null
     */
    synchronized void invalidate(AccessToken rejected, @Nullable String challenge) {
        AccessToken current = token;
        if (current == null || !current.value().equals(rejected.value())) {
            return;
        }
        boolean soon = clock.instant().isBefore(obtainedAt.plus(SOON));
        rejectedInRow = soon ? rejectedInRow + 1 : 1;
        if (rejectedInRow <= REJECTED_IN_ROW) {
            token = null;
            if (challenge != null) {
                claims = challenge;
                // what failed before was another question, and so is what is asked now
                failure = null;
                running = null;
            }
        }
    }

    /** Whether it holds nothing that anybody could use. A cell that was never asked is about to be. */
    synchronized boolean isSpent(Instant now) {
        AccessToken current = token;
        return running == null
                && (current == null ? failure != null && !isPaused(now) : !now.isBefore(current.expiresAt()));
    }

    /** One more caller who waits. When the last one leaves, a person who was asked need not act any more. */
    private Mono<AccessToken> waiting(Refresh refresh) {
        Sinks.One<AccessToken> waiter = Sinks.one();
        refresh.waiters.add(waiter);
        return waiter.asMono().doOnCancel(() -> leave(refresh, waiter));
    }

    private void leave(Refresh refresh, Sinks.One<AccessToken> waiter) {
        synchronized (this) {
            if (!refresh.waiters.remove(waiter) || !refresh.waiters.isEmpty() || !refresh.interactive) {
                return;
            }
            done(refresh);
        }
        refresh.asking.dispose();
    }

    private Refresh begin(boolean interactive) {
        Refresh next = new Refresh(claims == null ? request : request.withClaims(claims), interactive);
        running = next;
        return next;
    }

    private void run(Refresh refresh) {
        try {
            Instant asked = clock.instant();
            refresh.asking.update(requested(refresh)
                    .subscribe(issued -> succeed(refresh, issued, asked), error -> fail(refresh, error)));
        } catch (Throwable e) {
            // operators do not signal errors of the virtual machine, but the callers must be notified
            fail(refresh, e);
        }
    }

    private Mono<AccessToken> requested(Refresh refresh) {
        Mono<AccessToken> issued = ForeignCode.signals("The credential", () -> credential.getToken(refresh.request))
                .switchIfEmpty(Mono.error(() -> unusable("The credential gave no token")));
        if (refresh.interactive) {
            return issued;
        }
        Duration deadline = countable(credential.deadline());
        return issued.retryWhen(Retry.from(signals -> signals.concatMap(this::again)))
                .timeout(
                        deadline,
                        Mono.error(() -> new CallTimeoutException(
                                CallTimeoutException.Phase.DEADLINE, deadline, ErrorContext.NONE)),
                        scheduler);
    }

    /** Caps durations that overflow a nanosecond count. */
    private static Duration countable(@Nullable Duration deadline) {
        if (deadline == null) {
            return TokenCredential.DEFAULT_DEADLINE;
        }
        return deadline.compareTo(LONGEST_LIFE) < 0 ? deadline : LONGEST_LIFE;
    }

    private Mono<Long> again(Retry.RetrySignal signal) {
        TokenFailure failed = new TokenFailure(signal.failure());
        Duration retryAfter = failed.retryAfter();
        Duration wait;
        try {
            wait = retryAfter == null
                    ? BETWEEN_ATTEMPTS.delay(signal.totalRetries() + 1, random.getAsDouble())
                    : retryAfter;
        } catch (Error e) {
            return Mono.error(ForeignCode.failed("The source of jitter", e));
        }
        boolean last = signal.totalRetries() + 1 >= ATTEMPTS;
        return last || !failed.isTransient() || failed.isRepeated() || wait.compareTo(LONGEST_WAIT_IN_REFRESH) > 0
                ? Mono.error(signal.failure())
                : Mono.delay(wait, scheduler);
    }

    private void succeed(Refresh refresh, AccessToken issued, Instant asked) {
        Instant now;
        Instant next;
        try {
            now = clock.instant();
            next = refreshAt(issued, asked);
        } catch (RuntimeException | Error e) {
            fail(refresh, e);
            return;
        }
        if (!now.isBefore(issued.expiresAt())) {
            fail(
                    refresh,
                    unusable("The token had already ended when it came, at " + issued.expiresAt()
                            + ": check this computer's clock"));
            return;
        }
        List<Sinks.One<AccessToken>> waiters;
        synchronized (this) {
            if (done(refresh)) {
                token = issued;
                obtainedAt = now;
                refreshAt = next;
                pausedUntil = Instant.MIN;
                failure = null;
                failuresInRow = 0;
                claims = null;
            }
            waiters = refresh.end();
        }
        tell(waiters, waiter -> waiter.tryEmitValue(issued));
    }

    /** Notifies each caller, also if the operators of another one throw. */
    private static void tell(List<Sinks.One<AccessToken>> waiters, Consumer<Sinks.One<AccessToken>> what) {
        for (Sinks.One<AccessToken> waiter : waiters) {
            try {
                what.accept(waiter);
            } catch (Throwable e) {
                Operators.onErrorDropped(e, Context.empty());
            }
        }
    }

    /** An abandoned request may end while the next one runs, and means nothing to the cell. */
    private boolean done(Refresh refresh) {
        if (running != refresh) {
            return false;
        }
        running = null;
        return true;
    }

    private Instant refreshAt(AccessToken issued, Instant asked) {
        Duration life = Duration.between(asked, issued.expiresAt());
        if (life.compareTo(LONGEST_LIFE) > 0) {
            // a token made by hand may never end
            return asked.plus(LONGEST_LIFE);
        }
        Instant wanted = issued.refreshAt();
        if (wanted == null) {
            wanted = asked.plus(scaled(life, REFRESH_AT - REFRESH_JITTER * random.getAsDouble()));
        }
        Duration before = scaled(life, REFRESH_BEFORE_END_OF_SHORT_LIFE);
        Instant latest =
                issued.expiresAt().minus(before.compareTo(REFRESH_BEFORE_END) < 0 ? before : REFRESH_BEFORE_END);
        return wanted.isBefore(latest) ? wanted : latest;
    }

    private void fail(Refresh refresh, Throwable error) {
        TokenFailure failed = new TokenFailure(
                error instanceof Error thrown ? ForeignCode.failed("The credential or its clock", thrown) : error);
        boolean stillUsable = false;
        List<Sinks.One<AccessToken>> waiters;
        try {
            Instant now = clock.instant();
            double jitter = random.getAsDouble();
            synchronized (this) {
                if (done(refresh)) {
                    failure = failed;
                    failuresInRow++;
                    AccessToken current = token;
                    stillUsable = current != null && now.isBefore(current.expiresAt());
                    pausedUntil = now.plus(pause(failed, jitter));
                }
            }
            if (stillUsable) {
                LOG.warn("A token refresh failed; the present token stays in use: {}", failed);
            }
        } catch (RuntimeException | Error e) {
            // thrown by a clock or a logger of the user
            Operators.onErrorDropped(e, Context.empty());
        } finally {
            synchronized (this) {
                done(refresh);
                waiters = refresh.end();
            }
            tell(waiters, waiter -> waiter.tryEmitError(failed.forCaller()));
        }
    }

    /** Grows while the failure may pass by itself; at its longest at once when it will not. */
    private Duration pause(TokenFailure failed, double jitter) {
        if (!failed.isTransient()) {
            return LONGEST_PAUSE;
        }
        Duration retryAfter = failed.retryAfter();
        if (retryAfter != null && retryAfter.compareTo(LONGEST_PAUSE) > 0) {
            return retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
        }
        Duration pause = PAUSES.delay(failuresInRow, jitter);
        return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    }

    private static Duration scaled(Duration duration, double by) {
        return Duration.ofMillis((long) (duration.toMillis() * by));
    }

    /** One request to the authority, and those who wait for it. */
    private static final class Refresh {

        private final TokenRequest request;
        private final boolean interactive;
        private final Disposable.Swap asking = Disposables.swap();

        // guarded by the cell
        private final Set<Sinks.One<AccessToken>> waiters = new LinkedHashSet<>();

        Refresh(TokenRequest request, boolean interactive) {
            this.request = request;
            this.interactive = interactive;
        }

        /** Removes and returns all callers. */
        List<Sinks.One<AccessToken>> end() {
            List<Sinks.One<AccessToken>> all = List.copyOf(waiters);
            waiters.clear();
            return all;
        }
    }

    private static AuthenticationException unusable(String text) {
        return new AuthenticationException(text, ErrorContext.NONE, null);
    }
}
