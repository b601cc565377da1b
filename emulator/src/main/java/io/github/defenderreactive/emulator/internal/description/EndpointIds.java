package io.github.defenderreactive.emulator.internal.description;

import java.util.Set;

/** The ids of endpoints that the API descriptions do not have. */
public final class EndpointIds {

    public static final String TOKEN = "token";
    public static final String AUTHORIZE = "authorize";
    public static final String DEVICE_CODE = "devicecode";
    public static final String KEYS = "keys";
    public static final String IDENTITY = "identity";
    public static final String DOWNLOAD = "download";

    /** The endpoints that issue tokens and what belongs to them. */
    public static final Set<String> SIGN_IN = Set.of(TOKEN, AUTHORIZE, DEVICE_CODE, KEYS, IDENTITY);

    private EndpointIds() {}
}
