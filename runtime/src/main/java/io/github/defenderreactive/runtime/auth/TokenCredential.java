package io.github.defenderreactive.runtime.auth;

import java.time.Duration;
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

    /** How long one request may take when a credential does not say otherwise. */
    Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /**
     * Gets a new access token. Cold: asks at each subscribe. Cancel stops asking. An exception thrown here is treated as an error signal; null and an empty {@link Mono} are errors.
     *
     * @param request what the token is for
     * @return the token, or {@link io.github.defenderreactive.runtime.error.AuthenticationException} when the authority
     *     refuses, or {@link io.github.defenderreactive.runtime.error.CredentialUnavailableException} when this way in does
     *     not exist where the program runs
     */
    Mono<AccessToken> getToken(TokenRequest request);

    /**
     * How long one request may take, its own repeats included.
     *
     * @return 30 seconds unless the source is known to need longer
     */
    default Duration deadline() {
        return DEFAULT_DEADLINE;
    }

    /**
     * Whether a person may have to act before there is a token. Such a request is made once, waits for the person as long
     * as the credential does, and ends when nobody waits for it any more; any other belongs to no caller.
     *
     * @return false unless a person is asked
     */
    default boolean isInteractive() {
        return false;
    }
}
