package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.retry.Backoff;
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
 * The token of one request. At most one exchange with the authority is in progress at a time, shared by all callers.
 * Only a claims challenge starts a second one, because the first does not satisfy the challenge.
 *
 * <p>The exchange is not bound to the caller that started it: no caller's cancel, deadline or context reaches it. This
 * is the only place of the library that subscribes by itself.
 */
final class CachedToken {

    static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CachedToken.class);

    /** A token is refreshed after this part of its lifetime, less the jitter. */
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

    /**
     * The number of tokens rejected soon after their issue before one is kept: requesting more would flood the
     * authority.
     */
    private static final int MAX_REJECTED_IN_ROW = 3;

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

    /** Returns a usable token, now or when the exchange in progress completes. */
    Mono<AccessToken> get() {
        return Mono.defer(this::currentOrRefreshed);
    }

    private Mono<AccessToken> currentOrRefreshed() {
        Refresh started = null;
        try {
            Instant now = clock.instant();
            boolean interactive = credential.isInteractive();
            Mono<AccessToken> result;
            synchronized (this) {
                AccessToken current = token;
                if (current != null && now.isBefore(current.expiresAt())) {
                    // An early refresh has no waiting caller, so a sign-in prompt would come without a reason the user
                    // can see.
                    if (running == null && !interactive && !now.isBefore(refreshAt) && !isPaused(now)) {
                        started = newRefresh(false);
                    }
                    result = Mono.just(current);
                } else if (running != null) {
                    result = waitFor(running);
                } else if (failure != null && isPaused(now)) {
                    result = Mono.error(failure.forCaller());
                } else {
                    started = newRefresh(interactive);
                    result = waitFor(started);
                }
            }
            if (started != null) {
                start(started);
            }
            return result;
        } catch (Error e) {
            if (started != null) {
                fail(started, e);
            }
            return Mono.error(ForeignCode.failed("The credential or its clock", e));
        }
    }

    /** Ignores a pause longer than the maximum: it began before the clock was set back. */
    private boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil) && !now.isBefore(pausedUntil.minus(LONGEST_RETRY_AFTER));
    }

    /**
     * Discards this token. A newer token is kept.
     *
     * @param challenge the claims that the next token must contain, or null
     */
    synchronized void invalidate(AccessToken rejected, @Nullable String challenge) {
        AccessToken current = token;
        if (current == null || !current.value().equals(rejected.value())) {
            return;
        }
        boolean soon = clock.instant().isBefore(obtainedAt.plus(SOON));
        rejectedInRow = soon ? rejectedInRow + 1 : 1;
        if (rejectedInRow <= MAX_REJECTED_IN_ROW) {
            token = null;
            if (challenge != null) {
                claims = challenge;
                // an earlier failure, and an exchange in progress, belong to a request without these claims
                failure = null;
                running = null;
            }
        }
    }

    /**
     * Returns whether this can be removed from the cache. A new instance cannot, because its first request is about
     * to start.
     */
    synchronized boolean isRemovable(Instant now) {
        AccessToken current = token;
        return running == null
                && (current == null ? failure != null && !isPaused(now) : !now.isBefore(current.expiresAt()));
    }

    /** Adds a caller. When the last one cancels, an interactive exchange is cancelled. */
    private Mono<AccessToken> waitFor(Refresh refresh) {
        Sinks.One<AccessToken> waiter = Sinks.one();
        refresh.waiters.add(waiter);
        return waiter.asMono().doOnCancel(() -> onCancel(refresh, waiter));
    }

    private void onCancel(Refresh refresh, Sinks.One<AccessToken> waiter) {
        synchronized (this) {
            if (!refresh.waiters.remove(waiter) || !refresh.waiters.isEmpty() || !refresh.interactive) {
                return;
            }
            endIfRunning(refresh);
        }
        refresh.exchange.dispose();
    }

    private Refresh newRefresh(boolean interactive) {
        Refresh next = new Refresh(claims == null ? request : request.withClaims(claims), interactive);
        running = next;
        return next;
    }

    private void start(Refresh refresh) {
        try {
            Instant requestedAt = clock.instant();
            refresh.exchange.update(exchange(refresh)
                    .subscribe(issued -> succeed(refresh, issued, requestedAt), error -> fail(refresh, error)));
        } catch (Throwable e) {
            // operators do not signal errors of the virtual machine, but the callers must be notified
            fail(refresh, e);
        }
    }

    private Mono<AccessToken> exchange(Refresh refresh) {
        Mono<AccessToken> issued = ForeignCode.signals("The credential", () -> credential.getToken(refresh.request))
                .switchIfEmpty(Mono.error(() -> unusable("The credential returned no token")));
        if (refresh.interactive) {
            return issued;
        }
        Duration deadline = countable(credential.deadline());
        return issued.retryWhen(Retry.from(signals -> signals.concatMap(this::delayBeforeRetry)))
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

    private Mono<Long> delayBeforeRetry(Retry.RetrySignal signal) {
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
        return last || !failed.isTransient() || failed.isRetried() || wait.compareTo(LONGEST_WAIT_IN_REFRESH) > 0
                ? Mono.error(signal.failure())
                : Mono.delay(wait, scheduler);
    }

    private void succeed(Refresh refresh, AccessToken issued, Instant requestedAt) {
        Instant now;
        Instant next;
        try {
            now = clock.instant();
            next = refreshAt(issued, requestedAt);
        } catch (RuntimeException | Error e) {
            fail(refresh, e);
            return;
        }
        if (!now.isBefore(issued.expiresAt())) {
            fail(
                    refresh,
                    unusable("The token had already expired when it was received, at " + issued.expiresAt()
                            + ": check this computer's clock"));
            return;
        }
        List<Sinks.One<AccessToken>> waiters;
        synchronized (this) {
            if (endIfRunning(refresh)) {
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
        notifyEach(waiters, waiter -> waiter.tryEmitValue(issued));
    }

    /** Notifies each caller, even if the operators of another one throw. */
    private static void notifyEach(List<Sinks.One<AccessToken>> waiters, Consumer<Sinks.One<AccessToken>> what) {
        for (Sinks.One<AccessToken> waiter : waiters) {
            try {
                what.accept(waiter);
            } catch (Throwable e) {
                Operators.onErrorDropped(e, Context.empty());
            }
        }
    }

    /** Ends the exchange, unless it was abandoned: another one may be in progress by then. */
    private boolean endIfRunning(Refresh refresh) {
        if (running != refresh) {
            return false;
        }
        running = null;
        return true;
    }

    private Instant refreshAt(AccessToken issued, Instant requestedAt) {
        Duration life = Duration.between(requestedAt, issued.expiresAt());
        if (life.compareTo(LONGEST_LIFE) > 0) {
            // a token that a user creates may never expire
            return requestedAt.plus(LONGEST_LIFE);
        }
        Instant wanted = issued.refreshAt();
        if (wanted == null) {
            wanted = requestedAt.plus(scaled(life, REFRESH_AT - REFRESH_JITTER * random.getAsDouble()));
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
                if (endIfRunning(refresh)) {
                    failure = failed;
                    failuresInRow++;
                    AccessToken current = token;
                    stillUsable = current != null && now.isBefore(current.expiresAt());
                    pausedUntil = now.plus(pause(failed, jitter));
                }
            }
            if (stillUsable) {
                LOG.warn("A token refresh failed; the current token stays in use: {}", failed);
            }
        } catch (RuntimeException | Error e) {
            // thrown by a clock or a logger of the user
            Operators.onErrorDropped(e, Context.empty());
        } finally {
            synchronized (this) {
                endIfRunning(refresh);
                waiters = refresh.end();
            }
            notifyEach(waiters, waiter -> waiter.tryEmitError(failed.forCaller()));
        }
    }

    /** Grows while the failure is transient, and is the maximum at once when it is not. */
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

    /** One exchange with the authority and the callers that wait for it. */
    private static final class Refresh {

        private final TokenRequest request;
        private final boolean interactive;
        private final Disposable.Swap exchange = Disposables.swap();

        // guarded by the cached token
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
