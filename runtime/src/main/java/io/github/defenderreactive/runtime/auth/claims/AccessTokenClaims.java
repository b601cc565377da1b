package io.github.defenderreactive.runtime.auth.claims;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an access token, for diagnosis. Neither the signature nor the lifetime is checked, so do not base
 * decisions on them; {@link AccessTokenValidator} validates tokens. An access token is opaque to a client, and an
 * issuer may make it unreadable at any time.
 *
 * <p>Immutable. {@link #toString()} contains neither the token nor the user.
 *
 * @since 0.1.0
 */
public final class AccessTokenClaims {

    /** The largest number that is read as a time. */
    private static final double LATEST = 1e12;

    private final Map<String, Object> claims;

    private AccessTokenClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    /**
     * Reads a token.
     *
     * @param token the token
     * @return its claims
     * @throws IllegalArgumentException if it is not a signed JSON web token; the message does not contain the token
     */
    public static AccessTokenClaims of(AccessToken token) {
        String[] parts = token.value().split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("The access token is opaque: it does not consist of three parts");
        }
        Map<String, Object> claims = members(parts[1]);
        if (claims == null) {
            // without a cause, which would quote the token
            throw new IllegalArgumentException("The access token is opaque: its second part is not a JSON object");
        }
        return new AccessTokenClaims(claims);
    }

    /**
     * Reads a token if it is readable.
     *
     * @param token the token
     * @return its claims, or empty if it is opaque
     */
    public static Optional<AccessTokenClaims> ifReadable(AccessToken token) {
        try {
            return Optional.of(of(token));
        } catch (IllegalArgumentException opaque) {
            return Optional.empty();
        }
    }

    private static @Nullable Map<String, Object> members(String part) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            if (!(JsonValue.of(json).toJava() instanceof Map<?, ?> read)) {
                return null;
            }
            Map<String, Object> members = new LinkedHashMap<>();
            read.forEach((name, value) -> {
                if (value != null) {
                    members.put(String.valueOf(name), value);
                }
            });
            return Collections.unmodifiableMap(members);
        } catch (IllegalArgumentException | JsonException e) {
            return null;
        }
    }

    /**
     * Returns the value of a claim.
     *
     * @param name the name of the claim
     * @return a string, number, boolean, list or map; null if the claim is absent
     */
    public @Nullable Object claim(String name) {
        return claims.get(name);
    }

    /**
     * Returns all claims.
     *
     * @return names and values in the order of the token; they may identify a user
     */
    public Map<String, Object> all() {
        return claims;
    }

    /**
     * Returns the audience ({@code aud}).
     *
     * @return addresses or application ids; usually one
     */
    public List<String> audience() {
        return texts("aud");
    }

    /**
     * Returns the application permissions ({@code roles}), or the user's roles in a token of a user.
     *
     * @return the names; empty if nothing was granted
     */
    public List<String> roles() {
        return texts("roles");
    }

    /**
     * Returns the delegated permissions ({@code scp}).
     *
     * @return the names; empty in a token of an application
     */
    public List<String> scopes() {
        String scopes = text("scp");
        return scopes == null || scopes.isBlank()
                ? List.of()
                : List.of(scopes.trim().split("\\s+"));
    }

    /**
     * Returns whether the token is one of a user.
     *
     * @return false if it is one of an application
     */
    public boolean isOfUser() {
        return claims.containsKey("scp");
    }

    /**
     * Returns the tenant ({@code tid}).
     *
     * @return its id, or null
     */
    public @Nullable String tenantId() {
        return text("tid");
    }

    /**
     * Returns the application that requested the token ({@code appid}, in version 2 {@code azp}).
     *
     * @return its client id, or null
     */
    public @Nullable String applicationId() {
        return text("appid", "azp");
    }

    /**
     * Returns the user or service principal ({@code oid}).
     *
     * @return its object id, or null
     */
    public @Nullable String objectId() {
        return text("oid");
    }

    /**
     * Returns the user ({@code upn}, in version 2 {@code preferred_username}).
     *
     * @return the name, or null
     */
    public @Nullable String userName() {
        return text("upn", "preferred_username");
    }

    /**
     * Returns the issuer ({@code iss}).
     *
     * @return the issuer, or null
     */
    public @Nullable String issuer() {
        return text("iss");
    }

    /**
     * Returns the version of the token format ({@code ver}).
     *
     * @return {@code 1.0} or {@code 2.0}, or null
     */
    public @Nullable String version() {
        return text("ver");
    }

    /**
     * Returns the time at which the token was issued ({@code iat}).
     *
     * @return the instant, or null
     */
    public @Nullable Instant issuedAt() {
        return instant("iat");
    }

    /**
     * Returns the time from which the token is valid ({@code nbf}).
     *
     * @return the instant, or null
     */
    public @Nullable Instant notBefore() {
        return instant("nbf");
    }

    /**
     * Returns the time at which the token expires ({@code exp}).
     *
     * @return the instant, or null
     */
    public @Nullable Instant expiresAt() {
        return instant("exp");
    }

    private @Nullable String text(String... names) {
        for (String name : names) {
            if (claims.get(name) instanceof String text) {
                return text;
            }
        }
        return null;
    }

    private List<String> texts(String name) {
        Object value = claims.get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private @Nullable Instant instant(String name) {
        return claims.get(name) instanceof Number seconds && Math.abs(seconds.doubleValue()) < LATEST
                ? Instant.ofEpochSecond(seconds.longValue())
                : null;
    }

    @Override
    public String toString() {
        return "AccessTokenClaims[audience=" + audience() + ", tenant=" + tenantId() + ", application="
                + applicationId() + ", roles=" + roles() + ", scopes=" + scopes() + ", expiresAt=" + expiresAt() + "]";
    }
}
