package io.github.defenderreactive.runtime.auth.oauth;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A store for the refresh token of a user's sign-in, so that the user need not sign in again. The authority returns a
 * new token with every use; an implementation replaces the old one atomically. Encrypt it at rest: it is valid for 90
 * days. An operation that takes longer than 30 seconds fails the token request.
 *
 * @since 0.1.0
 */
public interface RefreshTokenStore {

    /**
     * Loads the token.
     *
     * @return the newest token, or empty if there is none; cold; line ends and a byte order mark around it are ignored
     */
    Mono<String> load();

    /**
     * Replaces the token.
     *
     * @param refreshToken the new token
     * @return a cold Mono that completes when the token is stored durably
     */
    Mono<Void> save(String refreshToken);

    /**
     * Removes the token, because the authority does not accept it any more.
     *
     * @return a cold Mono that completes when the token is removed
     */
    Mono<Void> clear();

    /**
     * Creates a store in memory.
     *
     * @return a new, empty store
     */
    static RefreshTokenStore inMemory() {
        return inMemory(new AtomicReference<>());
    }

    /**
     * Creates a store in memory that contains a token.
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
