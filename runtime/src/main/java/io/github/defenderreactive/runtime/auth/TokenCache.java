package io.github.defenderreactive.runtime.auth;

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
 * Keeps the tokens of one credential and asks for each once, for all callers together.
 *
 * <p>A token is asked anew at the time its issuer names, else at 70 to 80 % of its life, and at the latest 5 minutes before
 * its end (at 80 % of lives shorter than 25 minutes); where a person may be asked, not before its end. Until the new one
 * is there the old one is handed out; one that has ended never is. A request to the authority is repeated twice when its failure may pass, ends after 30 seconds, and
 * belongs to no caller: the cancel of the first leaves the others waiting in good order. After a failure callers get the
 * same error without a request for 1 to 30 seconds (30 when the authority refused for good; longer when it asked for it,
 * up to 5 minutes).
 *
 * <p>Thread-safe. Holds no resources.
 *
 * @since 0.1.0
 */
public final class TokenCache {

    /**
     * Tokens kept at once when nothing else is chosen: {@value}. A service that calls on behalf of its users needs one for
     * each of them.
     */
    public static final int DEFAULT_MAX_TOKENS = 1_000;

    private final TokenCredential credential;
    private final Clock clock;
    private final Scheduler scheduler;
    private final DoubleSupplier random;
    private final int maxTokens;
    private final Map<TokenRequest, CachedToken> cells = new LinkedHashMap<>(16, 0.75f, true);

    private TokenCache(Builder from) {
        this.credential = from.credential;
        this.clock = from.clock;
        this.scheduler = from.scheduler;
        this.random = from.random;
        this.maxTokens = from.maxTokens;
    }

    /**
     * A cache with the system's clock.
     *
     * @param credential where tokens come from
     * @return a new cache
     */
    public static TokenCache of(TokenCredential credential) {
        return builder(credential).build();
    }

    /**
     * A builder.
     *
     * @param credential where tokens come from
     * @return a new builder
     */
    public static Builder builder(TokenCredential credential) {
        return new Builder(credential);
    }

    /**
     * Gets a usable token, from memory where possible. Cold. Cancel ends the waiting of this caller
     * only; when a person is asked and the last caller leaves, the person is no longer asked.
     *
     * @param request what the token is for
     * @return the token, or the error of the credential, one instance for each caller
     */
    public Mono<AccessToken> get(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.defer(() -> cell(request).get());
    }

    /**
     * Forgets the token of a request, because the service rejected it; a newer one of another caller stays. When three
     * tokens in a row are rejected within 30 seconds of their issue the next is kept for that time: the token is not what
     * is wrong.
     *
     * @param request the request for which the token was issued
     * @param rejected the token
     */
    public void invalidate(TokenRequest request, AccessToken rejected) {
        forget(request, rejected, null);
    }

    /**
     * As {@link #invalidate(TokenRequest, AccessToken)}, when the service said what the next token must hold. The next
     * token is requested with these claims.
     *
     * @param request the request for which the token was issued
     * @param rejected the token
     * @param claims the claims challenge, a JSON object
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public void invalidate(TokenRequest request, AccessToken rejected, String claims) {
        forget(request, rejected, Claims.checked(claims));
    }

    private void forget(TokenRequest request, AccessToken rejected, @Nullable String claims) {
        CachedToken cell;
        synchronized (cells) {
            cell = cells.get(request);
        }
        if (cell != null) {
            cell.invalidate(rejected, claims);
        }
    }

    private CachedToken cell(TokenRequest request) {
        synchronized (cells) {
            CachedToken known = cells.get(request);
            if (known != null) {
                return known;
            }
            if (cells.size() >= maxTokens) {
                makeRoom();
            }
            CachedToken created = new CachedToken(request, credential, clock, scheduler, random);
            cells.put(request, created);
            return created;
        }
    }

    /** What has ended goes first, else what was not used for longest. */
    private void makeRoom() {
        Instant now = clock.instant();
        if (!cells.values().removeIf(cell -> cell.isSpent(now))) {
            cells.remove(cells.keySet().iterator().next());
        }
    }

    @Override
    public String toString() {
        return "TokenCache[" + credential + "]";
    }

    /**
     * Collects what a {@link TokenCache} needs.
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
         * Sets the clock that says whether a token has ended.
         *
         * @param source the clock; default the system's
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets where waits between tries and the deadline run.
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
         * @param source numbers from 0 inclusive to 1 exclusive
         * @return this builder
         */
        public Builder random(DoubleSupplier source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets how many tokens are kept, one for each scope, claims and user. Those that have ended go first, then those not
         * used for longest.
         *
         * @param most at least 1, default {@value TokenCache#DEFAULT_MAX_TOKENS}
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxTokens(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("maxTokens must be >= 1, was " + most);
            }
            this.maxTokens = most;
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
