package io.github.defenderreactive.runtime.auth.oauth;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where the refresh token of a user's sign-in is kept, so that the user need not sign in again. The authority gives a new
 * one with every use: an implementation replaces the old one in one step. Encrypt it at rest: it is good for 90 days. An
 * operation that takes longer than 30 seconds fails the request for the token.
 *
 * @since 0.1.0
 */
public interface RefreshTokenStore {

    /**
     * Reads the token.
     *
     * @return cold; the newest token, or empty when there is none; line ends and a byte order mark around it are ignored
     */
    Mono<String> load();

    /**
     * Replaces the token.
     *
     * @param refreshToken the new one
     * @return cold; completes when it will survive what the store is meant to survive
     */
    Mono<Void> save(String refreshToken);

    /**
     * Forgets the token, because the authority does not take it any more.
     *
     * @return cold; completes when it is gone
     */
    Mono<Void> clear();

    /**
     * A store in memory.
     *
     * @return a new, empty store
     */
    static RefreshTokenStore inMemory() {
        return inMemory(new AtomicReference<>());
    }

    /**
     * A store in memory that begins with a token.
     *
     * @param refreshToken the token
     * @return a new store
     */
    static RefreshTokenStore inMemory(String refreshToken) {
        return inMemory(new AtomicReference<>(Objects.requireNonNull(refreshToken, "refreshToken")));
    }

    private static RefreshTokenStore inMemory(AtomicReference<@Nullable String> held) {
        return new RefreshTokenStore() {
            @Override
            public Mono<String> load() {
                return Mono.fromSupplier(held::get);
            }

            @Override
            public Mono<Void> save(String newest) {
                return Mono.fromRunnable(() -> held.set(newest));
            }

            @Override
            public Mono<Void> clear() {
                return Mono.fromRunnable(() -> held.set(null));
            }

            @Override
            public String toString() {
                return "RefreshTokenStore[in memory]";
            }
        };
    }
}
