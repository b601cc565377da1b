package io.github.defenderreactive.runtime.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claims request of OpenID Connect, a JSON object of objects. */
final class Claims {

    private Claims() {}

    /** Merges two claims requests. Where both contain the same member, the newer one wins. */
    static String merged(String older, String newer) {
        return JSONObjectUtils.toJSONString(merged(parsed(older), parsed(newer)));
    }

    /** Returns the text if it is a JSON object. */
    static String checked(String claims) {
        parsed(claims);
        return claims;
    }

    private static Map<String, @Nullable Object> merged(Map<?, ?> older, Map<?, ?> newer) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        older.forEach((name, value) -> all.put(String.valueOf(name), value));
        newer.forEach((name, value) -> {
            Object before = older.get(name);
            all.put(
                    String.valueOf(name),
                    before instanceof Map<?, ?> one && value instanceof Map<?, ?> other ? merged(one, other) : value);
        });
        return all;
    }

    private static Map<?, ?> parsed(String json) {
        try {
            if (JsonValue.of(json).toJava() instanceof Map<?, ?> members) {
                return members;
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("claims must be a JSON object, was " + json, e);
        }
        throw new IllegalArgumentException("claims must be a JSON object, was " + json);
    }
}
