package io.github.defenderreactive.emulator;

import java.util.Set;

/** The ids of endpoints that the API descriptions do not have. */
final class EndpointIds {

    static final String TOKEN = "token";
    static final String AUTHORIZE = "authorize";
    static final String DEVICE_CODE = "devicecode";
    static final String KEYS = "keys";
    static final String IDENTITY = "identity";
    static final String DOWNLOAD = "download";

    /** The endpoints that issue tokens and what belongs to them. */
    static final Set<String> SIGN_IN = Set.of(TOKEN, AUTHORIZE, DEVICE_CODE, KEYS, IDENTITY);

    private EndpointIds() {}
}
