package io.github.defenderreactive.runtime.internal.authorization;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.claims.AccessDeniedDiagnosis;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The source of the access tokens of calls.
 *
 * @param tokens the tokens
 * @param request the token request of every call
 */
public record TokenAuthorization(TokenCache tokens, TokenRequest request) implements CallAuthorization {

    @Override
    public String header() {
        return "Authorization";
    }

    @Override
    public Mono<Credentials> credentials() {
        return token().map(Credentials::of);
    }

    @Override
    public String rejection() {
        return "The service rejected the access token";
    }

    @Override
    public String remedy(@Nullable String claims) {
        return claims == null
                ? ". If a new token is also rejected, the tenant may be inactive or may not have a licence for"
                        + " the operation"
                : ". It requires one with other claims, for which the user may have to sign in again";
    }

    /** Returns the token, from the cache if possible. */
    public Mono<AccessToken> token() {
        return tokens.get(request);
    }

    /** Discards a token that the service rejected, and keeps the claims that the next one needs. */
    public void invalidate(AccessToken refused, @Nullable String claims) {
        if (claims == null) {
            tokens.invalidate(request, refused);
        } else {
            tokens.invalidate(request, refused, claims);
        }
    }

    /** Returns the likely cause of a 403, or an empty text. */
    public String denial(OperationInfo operation, AccessToken used) {
        return AccessDeniedDiagnosis.likelyCause(operation, used, request);
    }
}
