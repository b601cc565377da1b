package io.github.defenderreactive.runtime.pipeline;

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
record Authorization(TokenCache tokens, TokenRequest request) {

    Mono<AccessToken> token() {
        return tokens.get(request);
    }

    /** Discards a token that the service rejected, and keeps the claims that the next one needs. */
    void invalidate(AccessToken refused, @Nullable String claims) {
        if (claims == null) {
            tokens.invalidate(request, refused);
        } else {
            tokens.invalidate(request, refused, claims);
        }
    }

    /** Returns the likely cause of a 403, or an empty text. */
    String denial(OperationInfo operation, AccessToken used) {
        return AccessDeniedDiagnosis.likelyCause(operation, used, request);
    }
}
