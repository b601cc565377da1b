package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.internal.Arguments;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A cache of the tokens of one credential. Concurrent callers share one exchange with the authority.
 *
 * <p>A token is refreshed at the time its issuer sets, or else after 70 to 80 % of its lifetime, and at the latest 5
 * minutes before it expires (after 80 % of lifetimes shorter than 25 minutes). An interactive credential is not used
 * for a refresh before the token expires. The current token is returned until the new one is received; an expired token
 * is never returned. An exchange is retried twice after a transient failure, times out after the
 * {@linkplain TokenCredential#deadline() deadline of the credential} (30 seconds by default), and is not bound to a
 * caller: the cancellation of one caller does not affect the others. After a failure, callers receive the same error
 * without an exchange for 1 to 30 seconds (30 seconds if the authority rejected the request; longer if it requested a
 * longer delay, up to 5 minutes).
 *
 * <p>Thread-safe. Holds no resources.
 *
 * @since 0.1.0
 */
public final class TokenCache {

    /**
     * The default maximum number of cached tokens: {@value}. A service that calls on behalf of its users needs one for
     * each user.
     */
    public static final int DEFAULT_MAX_TOKENS = 1_000;

    private final TokenCredential credential;
    private final Clock clock;
    private final Scheduler scheduler;
    private final DoubleSupplier random;
    private final int maxTokens;
    private final Map<TokenRequest, CachedToken> tokens = new LinkedHashMap<>(16, 0.75f, true);

    private TokenCache(Builder from) {
        this.credential = from.credential;
        this.clock = from.clock;
        this.scheduler = from.scheduler;
        this.random = from.random;
        this.maxTokens = from.maxTokens;
    }

    /**
     * Creates a cache that uses the system clock.
     *
     * @param credential the source of tokens
     * @return a new cache
     */
    public static TokenCache of(TokenCredential credential) {
        return builder(credential).build();
    }

    /**
     * Returns a new builder.
     *
     * @param credential the source of tokens
     * @return a new builder
     */
    public static Builder builder(TokenCredential credential) {
        return new Builder(credential);
    }

    /**
     * Returns a usable token, from memory where possible. Cold. Cancel affects this caller only; when the last caller
     * of an interactive exchange cancels, the exchange is cancelled.
     *
     * @param request the request
     * @return the token, or the error of the credential, one instance for each caller
     */
    public Mono<AccessToken> get(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.defer(() -> cachedToken(request).get());
    }

    /**
     * Discards the token of a request, because the service rejected it. A newer token of the same request is kept. When
     * three tokens in a row are rejected within 30 seconds of their issue, the next one is kept for that time, because
     * a new token does not solve the problem.
     *
     * @param request the request for which the token was issued
     * @param rejected the rejected token
     */
    public void invalidate(TokenRequest request, AccessToken rejected) {
        discard(request, rejected, null);
    }

    /**
     * Discards the token of a request as {@link #invalidate(TokenRequest, AccessToken)} does. The next token is
     * requested with the claims of the service's challenge.
     *
     * @param request the request for which the token was issued
     * @param rejected the rejected token
     * @param claims the claims challenge, a JSON object
     * @throws IllegalArgumentException if the claims are not a JSON object
     */
    public void invalidate(TokenRequest request, AccessToken rejected, String claims) {
        discard(request, rejected, Claims.checked(claims));
    }

    private void discard(TokenRequest request, AccessToken rejected, @Nullable String claims) {
        CachedToken token;
        synchronized (tokens) {
            token = tokens.get(request);
        }
        if (token != null) {
            token.invalidate(rejected, claims);
        }
    }

    private CachedToken cachedToken(TokenRequest request) {
        synchronized (tokens) {
            CachedToken known = tokens.get(request);
            if (known != null) {
                return known;
            }
            if (tokens.size() >= maxTokens) {
                makeRoom();
            }
            CachedToken created = new CachedToken(request, credential, clock, scheduler, random);
            tokens.put(request, created);
            return created;
        }
    }

    /** Removes expired tokens, or else the least recently used one. */
    private void makeRoom() {
        Instant now = clock.instant();
        if (!tokens.values().removeIf(token -> token.isRemovable(now))) {
            tokens.remove(tokens.keySet().iterator().next());
        }
    }

    @Override
    public String toString() {
        return "TokenCache[" + credential + "]";
    }

    /**
     * Builds {@link TokenCache} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final TokenCredential credential;
        private Clock clock = Clock.systemUTC();
        private Scheduler scheduler = Schedulers.parallel();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private int maxTokens = DEFAULT_MAX_TOKENS;

        private Builder(TokenCredential credential) {
            this.credential = Objects.requireNonNull(credential, "credential");
        }

        /**
         * Sets the clock used for expiry.
         *
         * @param source the clock; default the system clock
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the scheduler for delays between attempts and the deadline.
         *
         * @param timers the scheduler; default {@link Schedulers#parallel()}
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Sets the source of jitter.
         *
         * @param source a supplier of numbers from 0 inclusive to 1 exclusive
         * @return this builder
         */
        public Builder random(DoubleSupplier source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the maximum number of cached tokens, one for each scope, claims and user. Expired tokens are removed
         * first, then the least recently used ones.
         *
         * @param most at least 1, default {@value TokenCache#DEFAULT_MAX_TOKENS}
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxTokens(int most) {
            this.maxTokens = Arguments.atLeast("maxTokens", most, 1);
            return this;
        }

        /**
         * Builds the cache.
         *
         * @return a new, empty cache
         */
        public TokenCache build() {
            return new TokenCache(this);
        }
    }
}
