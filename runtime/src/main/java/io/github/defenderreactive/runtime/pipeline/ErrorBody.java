package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonToken;
import io.github.defenderreactive.runtime.transport.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of an error body. The service sends OData; gateways and frameworks in front of it send other forms, of
 * which the texts are kept. For HTML and an empty body, all components are null.
 *
 * @param code the code; a number is converted to text
 * @param message the message as one line of limited length, without secrets
 * @param requestId the id of the request, from {@code target} or an inner error
 * @param ofTheService whether the body has the form of errors of the service
 */
record ErrorBody(
        @Nullable String code,
        @Nullable String message,
        @Nullable String requestId,
        boolean ofTheService) {

    /** Separator of the texts of several members. */
    static final String SEPARATOR = "; ";

    /**
     * Reads a body. A truncated body is read up to the truncation.
     *
     * @param redaction removes secrets of the request from the texts
     */
    static ErrorBody read(byte[] body, int length, Redaction redaction) {
        Reading reading = new Reading();
        try {
            reading.document(JsonReader.of(body, 0, length, JsonLimits.DEFAULT));
        } catch (JsonException notJson) {
            reading.xml(body, length);
        }
        return new ErrorBody(
                redaction.id(reading.code()),
                redaction.words(reading.message()),
                redaction.id(reading.requestId()),
                reading.odata);
    }

    /** The content read so far. */
    private static final class Reading {

        private static final int DEEPEST_INNER_ERROR = 4;
        private static final int MOST_WORDS = 8;
        private static final int MOST_XML_BYTES = 8 << 10;
        private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]{1,200})</Code>");
        private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]{1,2000})</Message>");
        private static final Pattern XML_REQUEST = Pattern.compile("<RequestId>([^<]{1,200})</RequestId>");

        private final Set<String> words = new LinkedHashSet<>();
        private @Nullable String code;
        private @Nullable String status;
        private @Nullable String problem;
        private @Nullable String target;
        private @Nullable String requestId;
        private boolean odata;

        @Nullable
        String code() {
            String named = code == null ? problem : code;
            return named == null ? status : named;
        }

        @Nullable
        String requestId() {
            return target == null ? requestId : target;
        }

        /** Returns the texts as one message. */
        String message() {
            StringBuilder out = new StringBuilder();
            for (String part : words) {
                if (!out.isEmpty()) {
                    out.append(".!?:;".indexOf(out.charAt(out.length() - 1)) < 0 ? SEPARATOR : " ");
                }
                out.append(part);
            }
            return out.toString();
        }

        void document(JsonReader in) {
            switch (in.peek()) {
                case OBJECT -> {
                    in.beginObject();
                    while (in.nextMember()) {
                        member(in, in.name().toLowerCase(Locale.ROOT));
                    }
                }
                case STRING -> say(text(in));
                default -> in.skipValue();
            }
        }

        /** Reads a member of the document. */
        private void member(JsonReader in, String name) {
            switch (name) {
                case "error", "odata.error", "@odata.error" -> {
                    if (in.peek() == JsonToken.OBJECT) {
                        error(in, 0);
                    } else {
                        code = text(in);
                    }
                }
                case "code", "errorcode" -> code = first(code, text(in));
                case "statuscode" -> status = text(in);
                case "type" -> problem = problem(text(in));
                case "message", "title", "detail", "error_description", "messagedetail", "exceptionmessage" ->
                    say(text(in));
                case "errors", "details" -> details(in);
                default -> other(in, name);
            }
        }

        /** Reads an OData error, or an inner error. */
        private void error(JsonReader in, int depth) {
            in.beginObject();
            while (in.nextMember()) {
                String name = in.name().toLowerCase(Locale.ROOT);
                switch (name) {
                    case "code" -> errorCode(text(in), depth);
                    case "message" -> {
                        String message = in.peek() == JsonToken.OBJECT ? valueOf(in) : text(in);
                        odata |= message != null;
                        say(message);
                    }
                    case "target" -> target = depth == 0 ? text(in) : first(target, text(in));
                    case "details" -> details(in);
                    case "innererror" -> {
                        if (in.peek() == JsonToken.OBJECT && depth < DEEPEST_INNER_ERROR) {
                            error(in, depth + 1);
                        } else {
                            in.skipValue();
                        }
                    }
                    default -> other(in, name);
                }
            }
        }

        private void errorCode(@Nullable String read, int depth) {
            odata |= read != null;
            if (depth == 0) {
                code = read;
            } else if (read != null && !read.equals(code)) {
                say("(" + read + ")");
            }
        }

        /** Reads a list of further errors, or lists of errors by field name. */
        private void details(JsonReader in) {
            switch (in.peek()) {
                case ARRAY -> {
                    in.beginArray();
                    while (in.nextElement()) {
                        details(in);
                    }
                }
                case OBJECT -> {
                    in.beginObject();
                    while (in.nextMember()) {
                        if (in.peek() == JsonToken.STRING) {
                            String name = in.name().toLowerCase(Locale.ROOT);
                            String text = text(in);
                            if (!name.equals("target")) {
                                say(text);
                            }
                        } else {
                            details(in);
                        }
                    }
                }
                case STRING -> say(text(in));
                default -> in.skipValue();
            }
        }

        private void other(JsonReader in, String name) {
            switch (name) {
                case "request-id", "requestid", "traceid", "trace_id", "activityid", "x-ms-request-id" ->
                    requestId = first(requestId, text(in));
                default -> in.skipValue();
            }
        }

        /** Returns the text of a message with a language, as in OData 2 and 3. */
        private static @Nullable String valueOf(JsonReader in) {
            String found = null;
            in.beginObject();
            while (in.nextMember()) {
                if (in.name().equalsIgnoreCase("value")) {
                    found = text(in);
                } else {
                    in.skipValue();
                }
            }
            return found;
        }

        /** Returns the problem type, or null if it is generic. */
        private static @Nullable String problem(@Nullable String type) {
            return type == null || type.equals("about:blank") ? null : type;
        }

        private void say(@Nullable String text) {
            if (text != null && words.size() < MOST_WORDS) {
                words.add(text);
            }
        }

        private static @Nullable String text(JsonReader in) {
            Object value = in.readValue().toJava();
            String text = value == null ? "" : value.toString().strip();
            return text.isEmpty() ? null : text;
        }

        private static @Nullable String first(@Nullable String held, @Nullable String next) {
            return held == null ? next : held;
        }

        /** Reads an XML error of the storage. */
        void xml(byte[] body, int length) {
            String text = new String(body, 0, Math.min(length, MOST_XML_BYTES), StandardCharsets.UTF_8);
            if (text.indexOf('<') >= 0) {
                code = first(code, found(XML_CODE, text));
                requestId = first(requestId, found(XML_REQUEST, text));
                say(found(XML_MESSAGE, text));
            }
        }

        private static @Nullable String found(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.group(1).strip() : null;
        }
    }
}
