package io.github.defenderreactive.runtime.internal.authorization;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The authorization of the calls of a pipeline. */
public sealed interface CallAuthorization permits TokenAuthorization, HeaderAuthorization {

    /** Returns the name of the header of the credentials, empty if there is none. */
    String header();

    /** Returns the credentials of one attempt, empty if there are none. */
    Mono<Credentials> credentials();

    /** Returns the meaning of a 401. */
    String rejection();

    /**
     * Returns the remedy for a 401.
     *
     * @param claims the claims that the service requires, or null
     */
    String remedy(@Nullable String claims);
}
