package io.github.defenderreactive.identity;

import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import java.net.URI;

/** A server that knows the {@link Registrations}. */
interface Authority {

    /** Tells a credential where this server is. */
    <B extends OAuthCredentialBuilder<B>> B at(B credential);

    /** The keys its tokens are signed with. */
    URI keys();

    /** Who its tokens say they are from. */
    String issuer();
}
