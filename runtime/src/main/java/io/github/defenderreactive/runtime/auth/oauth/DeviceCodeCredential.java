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
 * A user who signs in on another device, for programs without a browser: the program shows a code, the user enters it
 * on a page, and the credential polls until the user has signed in. After that it uses the refresh token.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. See the platform's page <i>Device authorization
 * grant</i>.
 *
 * <p>A token request fails with an {@link AuthenticationException} if the user declines or does not sign in in time.
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
     * Returns a new builder.
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
     * Builds {@link DeviceCodeCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private @Nullable Function<DeviceCodePrompt, Mono<Void>> prompt;
        private @Nullable RefreshTokenStore store;
        private Scheduler scheduler = Schedulers.parallel();

        private Builder() {}

        /**
         * Sets the function that shows the code to the user.
         *
         * @param show shows code and address; it must not block, because it may be called on a connection's thread;
         *     polling starts when it completes, and its error ends the sign-in; it must complete before the code
         *     expires
         * @return this builder
         */
        public Builder prompt(Function<DeviceCodePrompt, Mono<Void>> show) {
            this.prompt = Objects.requireNonNull(show, "show");
            return this;
        }

        /**
         * Sets the store of the refresh token.
         *
         * @param tokens the store; default a new one in memory for each credential
         * @return this builder
         */
        public Builder store(RefreshTokenStore tokens) {
            this.store = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Sets the scheduler for delays between polls.
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
            return build(settings().withDefaults(client));
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
