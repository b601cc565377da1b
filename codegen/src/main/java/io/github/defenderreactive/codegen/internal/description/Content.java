package io.github.defenderreactive.codegen.internal.description;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request or a response in the media type that the client uses.
 *
 * @param type the media type without parameters
 * @param kind the form of its bytes
 * @param schema the schema; it may not exist
 */
record Content(String type, Kind kind, Element schema) {

    /** The forms of content, the most specific one first. */
    enum Kind {
        MULTIPART,
        JSON,
        LINES,
        FORM,
        TEXT,
        BYTES
    }

    private static final Set<String> JSON = Set.of("application/json", "text/json", "application/*", "*/*");
    private static final Set<String> LINES = Set.of(
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/x-json-lines");
    private static final Set<String> STREAMS = Set.of("text/event-stream", "application/json-seq");

    /** Returns the content of a request body or a response, or null if it has none. */
    static @Nullable Content of(Element holder) {
        List<Content> readable = new ArrayList<>();
        Element refused = null;
        for (Element media : holder.get("content").members().values()) {
            List<String> place = media.place().segments();
            String given = place.get(place.size() - 1);
            String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            Kind kind = kind(type);
            if (isParts(type) && (given.contains("boundary=") || place.contains("responses"))) {
                // Parts that are not a form are passed on as they are, with the boundary that the description names.
                kind = Kind.BYTES;
                type = given.strip();
            }
            if (kind == null) {
                refused = media;
            } else {
                readable.add(new Content(type, kind, media.get("schema")));
            }
        }
        if (readable.isEmpty() && refused != null) {
            throw refused.problem("this media type is not supported; describe application/json or, for one value per"
                    + " line, application/x-ndjson if the service has it, or remove the operation");
        }
        return readable.stream().min(Comparator.comparing(Content::kind)).orElse(null);
    }

    private static boolean isParts(String type) {
        return type.startsWith("multipart/") && !type.equals("multipart/form-data");
    }

    private static @Nullable Kind kind(String type) {
        if (JSON.contains(type) || type.endsWith("+json")) {
            return Kind.JSON;
        }
        if (LINES.contains(type)) {
            return Kind.LINES;
        }
        if (type.startsWith("multipart/") || STREAMS.contains(type)) {
            return type.equals("multipart/form-data") ? Kind.MULTIPART : null;
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return Kind.FORM;
        }
        return type.startsWith("text/") || type.equals("application/xml") || type.endsWith("+xml")
                ? Kind.TEXT
                : Kind.BYTES;
    }

    boolean isForm() {
        return kind == Kind.MULTIPART || kind == Kind.FORM;
    }

    /** Returns whether the media type is the one that requests and responses have without saying so. */
    boolean isPlainJson() {
        return JSON.contains(type);
    }
}
