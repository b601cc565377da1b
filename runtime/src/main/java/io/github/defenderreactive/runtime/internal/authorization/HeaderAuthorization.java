package io.github.defenderreactive.runtime.internal.authorization;

import io.github.defenderreactive.runtime.auth.Authorization;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Authorization by a secret in a header, or none.
 *
 * @param given the authorization of the application
 */
public record HeaderAuthorization(Authorization given) implements CallAuthorization {

    @Override
    public String header() {
        return given.headerName();
    }

    @Override
    public Mono<Credentials> credentials() {
        return given.headerValue().map(value -> new Credentials(given.headerName(), value, null));
    }

    @Override
    public String rejection() {
        return header().isEmpty()
                ? "The service requires an authorization"
                : "The service rejected the secret in the header " + header();
    }

    @Override
    public String remedy(@Nullable String claims) {
        return header().isEmpty()
                ? ". This client sends none: set one with authorization(...) of the pipeline builder"
                : ". Check whether the secret is complete, has expired, and belongs to this API";
    }
}
