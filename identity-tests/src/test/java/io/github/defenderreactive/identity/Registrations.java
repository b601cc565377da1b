package io.github.defenderreactive.identity;

/** The applications and the user that every server of these tests knows. */
final class Registrations {

    static final String TENANT = "harbour.example";

    /** Whom the tokens are for. */
    static final String RESOURCE = "https://api.securitycenter.microsoft.com";

    /** What a token for the resource is asked for; an ordinary scope for servers that know no resources. */
    static final String SCOPE = RESOURCE + "/.default";

    /** A service that has a secret, with every character that a form must encode. */
    static final String SECRET_CLIENT = "harbour-service";

    static final String SECRET = "kQ8~v+Jt/2w=&%41 x";

    /** Services that have a certificate, and sign with PSS or with PKCS #1. */
    static final String PS256_CLIENT = "harbour-signer";

    static final String RS256_CLIENT = "harbour-signer-rs256";

    /** An installed program with a browser beside it; without a secret. */
    static final String DESKTOP_CLIENT = "harbour-desk";

    /** An installed program without a browser; without a secret. */
    static final String DEVICE_CLIENT = "harbour-terminal";

    /** An application that signs users in and has a secret. */
    static final String WEB_CLIENT = "harbour-portal";

    static final String WEB_SECRET = "Zt=9+/~mooring";

    static final String USER = "pilot";
    static final String PASSWORD = "Anchor&Chain+9";

    private Registrations() {}
}
