package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A source of access tokens. It has one abstract method, so a lambda can implement it.
 *
 * <p>A credential need not cache: {@link TokenCache} does so for all callers.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenCredential {

    /** The default deadline of one token request. */
    Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /**
     * Requests a new access token. Cold: each subscription sends a request. Cancel stops the request. An exception
     * thrown here is treated as an error signal; null and an empty {@link Mono} are errors.
     *
     * @param request the request
     * @return the token; {@link AuthenticationException} if the authority rejects the request;
     *     {@link CredentialUnavailableException} if the credential is not available in this environment
     */
    Mono<AccessToken> getToken(TokenRequest request);

    /**
     * Returns the time limit of one request, including its retries.
     *
     * @return the limit; default 30 seconds
     */
    default Duration deadline() {
        return DEFAULT_DEADLINE;
    }

    /**
     * Returns whether a token may require an action of the user. An interactive request is sent once, waits as long as
     * the credential allows, and is cancelled when its last caller cancels. Other requests are not bound to a caller.
     *
     * @return true if the user may have to sign in; default false
     */
    default boolean isInteractive() {
        return false;
    }
}
