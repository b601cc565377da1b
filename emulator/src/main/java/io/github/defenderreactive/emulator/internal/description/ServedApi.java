package io.github.defenderreactive.emulator.internal.description;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An API that the emulator serves: the prefix of its paths, the audience of its tokens, and its error form. */
public enum ServedApi {
    DEFENDER_ENDPOINT(
            "defender-endpoint",
            "/api",
            "https://api.securitycenter.microsoft.com",
            "fc780465-2017-40d4-a0c5-307022471b92",
            "https://api.securitycenter.windows.com",
            "https://securitycenter.onmicrosoft.com/windowsatpservice",
            "https://securitycenter.microsoft.com/mtp",
            "https://api-us.securitycenter.microsoft.com",
            "https://api-eu.securitycenter.microsoft.com",
            "https://api-uk.securitycenter.microsoft.com",
            "https://api-gcc.securitycenter.microsoft.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://api.securitycenter.windows.us"),
    GRAPH_SECURITY("graph-security", "/v1.0", "https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"),
    DEFENDER_XDR("defender-xdr", "/api", "https://api.security.microsoft.com", "8ee8fdad-f234-4243-8f3b-15c294843740");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final String id;
    private final String prefix;
    // A compiled pattern is immutable; the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Pattern begin;

    private final String audience;

    // An unmodifiable set; the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> audiences;

    ServedApi(String id, String prefix, String audience, String resourceApp, String... otherIdentifiers) {
        this.id = id;
        this.prefix = prefix;
        this.begin = Pattern.compile("(?i)^" + (prefix.equals("/api") ? "(/api/v1\\.0|/api)" : prefix) + "(?=/)");
        this.audience = audience;
        Set<String> all = new LinkedHashSet<>(List.of(audience, audience + "/", resourceApp));
        for (String other : otherIdentifiers) {
            all.add(other);
            all.add(other + "/");
        }
        this.audiences = Collections.unmodifiableSet(all);
    }

    /** Returns the name of its bundle. */
    String id() {
        return id;
    }

    /** Returns the prefix of the paths of its operations. */
    public String prefix() {
        return prefix;
    }

    public Pattern begin() {
        return begin;
    }

    public String audience() {
        return audience;
    }

    /**
     * Returns the accepted audiences: the identifiers of the resource, with or without a slash, and its application.
     */
    public Set<String> audiences() {
        return audiences;
    }

    /** Returns the API that accepts tokens for an audience; null if none does. */
    public static @Nullable ServedApi forAudience(String audience) {
        return Stream.of(values())
                .filter(api -> api.audiences().contains(audience))
                .findFirst()
                .orElse(null);
    }

    /** Returns the refusal of a token that is for another API. */
    public Problem wrongAudience(String other) {
        return this == GRAPH_SECURITY
                ? new Problem(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.")
                : new Problem(403, "Forbidden", "The token's audience " + other + " is not " + audience);
    }

    /** Returns the body of a refusal. */
    public byte[] error(int status, String code, String message, String requestId, Instant time) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", this == GRAPH_SECURITY ? graphCode(status, code) : code);
        error.put("message", message);
        if (this == GRAPH_SECURITY) {
            Map<String, Object> inner = new LinkedHashMap<>();
            inner.put("date", DATE.format(time));
            inner.put("request-id", requestId);
            inner.put("client-request-id", requestId);
            error.put("innerError", inner);
        } else {
            error.put("target", requestId);
        }
        return Values.bytes(Map.of("error", error));
    }

    /** Returns the code of Microsoft Graph, which has few codes and derives them from the status. */
    private static String graphCode(int status, String code) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 401 -> "InvalidAuthenticationToken";
            case 404 -> "NotFound";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalServerError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "UnknownError";
            default -> code;
        };
    }

    /** Returns the response with the headers of this API. */
    public ServiceResponse dressed(ServiceResponse response, Supplier<String> requestIds) {
        if (this != GRAPH_SECURITY) {
            return response;
        }
        String requestId = requestIds.get();
        ServiceResponse dressed =
                response.withHeader("request-id", requestId).withHeader("client-request-id", requestId);
        return response.headers().getOrDefault("Content-Type", "").startsWith("application/json")
                ? dressed.withHeader(
                        "Content-Type",
                        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
                : dressed;
    }
}
