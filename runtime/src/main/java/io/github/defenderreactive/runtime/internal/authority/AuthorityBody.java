package io.github.defenderreactive.runtime.internal.authority;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.internal.GivenText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a response of an authority. */
public final class AuthorityBody {

    private static final int MAX_BYTES = 256 * 1024;

    private AuthorityBody() {}

    /**
     * Appends a chunk of the body.
     *
     * @param to the bytes before it
     * @param bytes the chunk
     * @throws DecodeException if the body becomes longer than 256 KiB
     */
    public static void add(ByteArrayOutputStream to, ByteBuffer bytes) {
        if (to.size() + bytes.remaining() > MAX_BYTES) {
            throw TokenErrors.notAnAuthority("it is longer than " + MAX_BYTES + " bytes", 0, null);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        to.writeBytes(copy);
    }

    /**
     * Returns the members of a JSON object.
     *
     * @param body the text of the body
     * @return the members, or null if the body is not a JSON object
     */
    public static @Nullable Map<String, Object> members(String body) {
        try {
            return JSONObjectUtils.parse(GivenText.of(body));
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            // the cause may quote the body, which may contain a token
            return null;
        }
    }
}
