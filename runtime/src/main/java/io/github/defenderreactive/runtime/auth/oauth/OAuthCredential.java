package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * A credential of an OAuth 2.0 authority.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. No secret appears in messages or {@code toString()}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("deprecation") // UsernamePasswordCredential
public abstract sealed class OAuthCredential implements TokenCredential
        permits AuthorizationCodeCredential,
                ClientCertificateCredential,
                ClientSecretCredential,
                DeviceCodeCredential,
                OnBehalfOfCredential,
                RefreshTokenCredential,
                UsernamePasswordCredential,
                WorkloadIdentityCredential {

    private final OAuthClient client;

    OAuthCredential(OAuthClient client) {
        this.client = client;
    }

    /**
     * Requests a new access token from the authority.
     *
     * @param request the request
     * @return the token; {@link AuthenticationException} if the authority rejects the request;
     *     {@link ThrottledException} or {@link ServiceException} if the authority is temporarily unavailable;
     *     {@link DecodeException} if the response is not one of an authority; or an error of the transport. Cancel
     *     stops the exchange
     */
    @Override
    public final Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return tokens(request).map(IssuedTokens::access);
    }

    /** Requests tokens with the grant of this credential. */
    abstract Mono<IssuedTokens> tokens(TokenRequest request);

    final OAuthClient client() {
        return client;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + client + "]";
    }
}
