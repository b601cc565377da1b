package io.github.defenderreactive.runtime.internal.token;

import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;

/** The scope of a token request in the form that the credentials accept. */
public final class RequestedScope {

    /** The suffix of a scope that names a resource and not single permissions. */
    public static final String DEFAULT_SUFFIX = "/.default";

    private RequestedScope() {}

    /**
     * Returns a request that is not on behalf of a user. A caller who requests a token of a user must not receive
     * another one, which may allow more.
     *
     * @param request the request
     * @return the same request
     * @throws AuthenticationException if the request is on behalf of a user
     */
    public static TokenRequest withoutUser(TokenRequest request) {
        if (request.user() != null) {
            throw TokenErrors.unusable(
                    "This credential cannot act on behalf of a user: set an OnBehalfOfCredential in the client");
        }
        return request;
    }
}
