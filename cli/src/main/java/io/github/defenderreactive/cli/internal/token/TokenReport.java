package io.github.defenderreactive.cli.internal.token;

import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck.Missing;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report on a token.
 *
 * @param api the API that accepts the token
 * @param token the token
 * @param claims the claims, or null if the token is opaque
 * @param missing the permissions that are missing for the given operations, or null if no operations were given
 * @param now the time of the report
 * @param shown whether to include the token itself
 */
record TokenReport(
        Api api,
        AccessToken token,
        @Nullable AccessTokenClaims claims,
        @Nullable List<Missing> missing,
        Instant now,
        boolean shown)
        implements JsonEncodable {

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        out.name("api").string(api.id());
        if (claims != null) {
            write(claims, out);
        }
        out.name("expires").instant(token.expiresAt());
        out.name("remainingSeconds")
                .number(Duration.between(now, token.expiresAt()).toSeconds());
        if (claims != null && missing != null) {
            out.name("missing").beginObject();
            missing.forEach(one -> out.name(one.operation().id()).list(one.anyOf(), JsonWriter::string));
            out.endObject();
        }
        if (shown) {
            out.name("token").string(token.value());
        }
        out.endObject();
    }

    private static void write(AccessTokenClaims claims, JsonWriter out) {
        out.name("audience").list(claims.audience(), JsonWriter::string);
        text("tenant", claims.tenantId(), out);
        text("application", claims.applicationId(), out);
        text("user", claims.userName(), out);
        if (claims.isOfUser()) {
            out.name("scopes").list(claims.scopes(), JsonWriter::string);
        }
        out.name("roles").list(claims.roles(), JsonWriter::string);
        Instant issued = claims.issuedAt();
        if (issued != null) {
            out.name("issued").instant(issued);
        }
    }

    private static void text(String name, @Nullable String value, JsonWriter out) {
        if (value != null) {
            out.name(name).string(value);
        }
    }

    /** Returns the lines of a table, one for each value. */
    List<JsonEncodable> lines() {
        List<JsonEncodable> lines = new ArrayList<>();
        if (JsonValue.from(this).toJava() instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                if (value instanceof List<?> values) {
                    values.forEach(one -> lines.add(line(name, String.valueOf(one))));
                } else if (value instanceof Map<?, ?> byOperation) {
                    byOperation.forEach((operation, anyOf) -> lines.add(line(name, operation + needs(anyOf))));
                } else {
                    lines.add(line(name, String.valueOf(value)));
                }
            });
        }
        return lines;
    }

    private static String needs(@Nullable Object anyOf) {
        return anyOf instanceof List<?> names && !names.isEmpty()
                ? " needs "
                        + String.join(
                                " or ", names.stream().map(String::valueOf).toList())
                : " does not accept this kind of token";
    }

    private static JsonEncodable line(Object claim, String value) {
        return out -> {
            out.beginObject();
            out.name("claim").string(String.valueOf(claim));
            out.name("value").string(value);
            out.endObject();
        };
    }
}
