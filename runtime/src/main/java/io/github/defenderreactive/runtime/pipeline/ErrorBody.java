package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * What an error answer says of itself. Gateways answer HTML, storage XML and some nothing: then all is null.
 *
 * @param code the service's code, a number as text
 * @param message the service's words, one line, of bounded length
 * @param target the id of the request, which stands in {@code target} or in {@code innerError}
 */
record ErrorBody(
        @Nullable String code,
        @Nullable String message,
        @Nullable String target) {

    static final ErrorBody NONE = new ErrorBody(null, null, null);

    private static final int LONGEST = 500;
    private static final String REQUEST_ID = "request-id";

    static ErrorBody read(byte[] body) {
        try {
            JsonReader in = JsonReader.of(body);
            ErrorBody read = NONE;
            if (in.peek() != JsonToken.OBJECT) {
                return NONE;
            }
            in.beginObject();
            while (in.nextMember()) {
                if (in.name().equals("error") && in.peek() == JsonToken.OBJECT) {
                    read = readError(in);
                } else {
                    in.skipValue();
                }
            }
            return read;
        } catch (JsonException notJson) {
            return NONE;
        }
    }

    private static ErrorBody readError(JsonReader in) {
        String code = null;
        String message = null;
        String target = null;
        String requestId = null;
        in.beginObject();
        while (in.nextMember()) {
            switch (in.name()) {
                case "code" -> code = text(in);
                case "message" -> message = text(in);
                case "target" -> target = text(in);
                case "innerError" -> requestId = requestId(in);
                default -> in.skipValue();
            }
        }
        return new ErrorBody(code, message, target == null ? requestId : target);
    }

    private static @Nullable String requestId(JsonReader in) {
        String requestId = null;
        if (in.peek() != JsonToken.OBJECT) {
            in.skipValue();
            return null;
        }
        in.beginObject();
        while (in.nextMember()) {
            if (in.name().equals(REQUEST_ID)) {
                requestId = text(in);
            } else {
                in.skipValue();
            }
        }
        return requestId;
    }

    private static @Nullable String text(JsonReader in) {
        Object value = in.readValue().toJava();
        return value == null ? null : line(value.toString());
    }

    /** A message goes into logs: no line breaks of others, no novels. */
    private static @Nullable String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
