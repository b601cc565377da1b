package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A user who signs in on another device: the program shows a code, the person types it into a page, the program asks until
 * that is done. For programs without a browser. After that the refresh token serves.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. Rests on the platform's page <i>Device authorization
 * grant</i>.
 *
 * <p>A token request fails with an {@link AuthenticationException} if the person declines or does not sign in in time.
 * Cancel stops the polling.
 *
 * @since 0.1.0
 */
public final class DeviceCodeCredential extends OAuthCredential {

    private final UserSession session;

    private DeviceCodeCredential(
            OAuthClient client,
            Function<DeviceCodePrompt, Mono<Void>> prompt,
            RefreshTokenStore store,
            Scheduler scheduler) {
        super(client);
        DeviceSignIn signIn = new DeviceSignIn(client, prompt, scheduler);
        this.session = new UserSession(client, store, (request, refusal) -> signIn.tokens(request), scheduler);
    }

    /**
     * A builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Mono<IssuedTokens> tokens(TokenRequest request) {
        return session.tokens(request);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    /**
     * Collects what a {@link DeviceCodeCredential} needs.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private @Nullable Function<DeviceCodePrompt, Mono<Void>> prompt;
        private @Nullable RefreshTokenStore store;
        private Scheduler scheduler = Schedulers.parallel();

        private Builder() {}

        /**
         * Sets how the person is told.
         *
         * @param show shows code and address, without blocking the thread it is asked on, a connection's; asking begins
         *     when it completes, and its error ends the sign-in; it has as long as the code is good for
         * @return this builder
         */
        public Builder prompt(Function<DeviceCodePrompt, Mono<Void>> show) {
            this.prompt = Objects.requireNonNull(show, "show");
            return this;
        }

        /**
         * Sets where the refresh token is kept.
         *
         * @param tokens the store; default one in memory for each credential
         * @return this builder
         */
        public Builder store(RefreshTokenStore tokens) {
            this.store = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Sets where the waits between two questions run.
         *
         * @param timers the scheduler; default {@link Schedulers#parallel()}
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, prompt or transport is missing
         */
        @Override
        public DeviceCodeCredential build() {
            return build(settings());
        }

        @Override
        public DeviceCodeCredential build(AuthorityContext client) {
            return build(settings().otherwise(client));
        }

        @Override
        DeviceCodeCredential build(CredentialSettings settings) {
            settings.require(prompt == null ? List.of("prompt") : List.of());
            return new DeviceCodeCredential(
                    settings.client(authentication(settings)),
                    Objects.requireNonNull(prompt),
                    store == null ? RefreshTokenStore.inMemory() : store,
                    scheduler);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
