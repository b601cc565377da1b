package io.github.defenderreactive.runtime.auth;

import reactor.core.publisher.Mono;

/**
 * How to prove identity. One method, so that any source of tokens is one lambda.
 *
 * <p>A credential need not cache: {@link TokenCache} does, for every caller at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenCredential {

    /**
     * Gets a new access token. Cold: asks at each subscribe.
     *
     * @param request what the token is for
     * @return the token, or {@link io.github.defenderreactive.runtime.error.AuthenticationException} when the authority
     *     refuses
     */
    Mono<AccessToken> getToken(TokenRequest request);
}
