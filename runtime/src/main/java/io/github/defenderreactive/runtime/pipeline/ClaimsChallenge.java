package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonToken;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The claims that the service requires of a new token, sent when it rejects a token that has not expired. */
final class ClaimsChallenge {

    private static final String HEADER = "www-authenticate";
    private static final String ERROR = "insufficient_claims";

    private ClaimsChallenge() {}

    /** Returns the claims as JSON, or null if the response requires none or is invalid. */
    static @Nullable String of(ResponseHead head) {
        for (String header : head.headers(HEADER)) {
            for (Challenge challenge : Challenge.read(header)) {
                String claims = claims(challenge);
                if (claims != null) {
                    return claims;
                }
            }
        }
        return null;
    }

    private static @Nullable String claims(Challenge challenge) {
        String encoded = challenge.parameters().get("claims");
        return encoded != null
                        && challenge.scheme().equals("bearer")
                        && ERROR.equals(challenge.parameters().get("error"))
                ? decoded(encoded)
                : null;
    }

    /** Decodes Base64. Both alphabets are in use, with and without padding. */
    private static @Nullable String decoded(String encoded) {
        try {
            byte[] bytes = Base64.getUrlDecoder()
                    .decode(encoded.strip().replace('+', '-').replace('/', '_'));
            JsonValue claims = JsonValue.of(new String(bytes, StandardCharsets.UTF_8));
            return claims.kind() == JsonToken.OBJECT ? claims.json() : null;
        } catch (IllegalArgumentException | JsonException malformed) {
            return null;
        }
    }
}
