package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A user who has signed in elsewhere. Tokens are requested with the refresh token of that sign-in, which the authority
 * replaces with every use.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. See the platform's page <i>Refresh tokens</i>.
 *
 * <p>A token request fails with a {@link CredentialUnavailableException} if the user must sign in again.
 *
 * @since 0.1.0
 */
public final class RefreshTokenCredential extends OAuthCredential {

    private final UserSession session;

    private RefreshTokenCredential(OAuthClient client, RefreshTokenStore store) {
        super(client);
        this.session = new UserSession(
                client, store, (request, refusal) -> Mono.error(signInNeeded(refusal)), Schedulers.parallel());
    }

    private static CredentialUnavailableException signInNeeded(@Nullable DefenderException refusal) {
        return refusal == null
                ? new CredentialUnavailableException(
                        "There is no refresh token: the user must sign in", ErrorContext.NONE, null)
                : new CredentialUnavailableException(
                        "The refresh token is no longer valid: the user must sign in again. " + refusal.text(),
                        refusal.context(),
                        refusal);
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

    /**
     * Builds {@link RefreshTokenCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private @Nullable RefreshTokenStore store;

        private Builder() {}

        /**
         * Sets the store of the refresh token.
         *
         * @param tokens the store
         * @return this builder
         */
        public Builder store(RefreshTokenStore tokens) {
            this.store = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, store or transport is missing
         */
        @Override
        public RefreshTokenCredential build() {
            return build(settings());
        }

        @Override
        public RefreshTokenCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        RefreshTokenCredential build(CredentialSettings settings) {
            settings.require(store == null ? List.of("store") : List.of());
            return new RefreshTokenCredential(settings.client(authentication(settings)), Objects.requireNonNull(store));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
