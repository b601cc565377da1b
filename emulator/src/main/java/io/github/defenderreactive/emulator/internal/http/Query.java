package io.github.defenderreactive.emulator.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The query of a request, decoded, with the raw text kept for links. Names are the same in either case. */
public final class Query {

    public static final String SKIP_TOKEN = "$skiptoken";

    private static final String SKIP = "$skip";

    private final List<String> rawParts = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public Query(String raw) {
        for (String part : raw.split("&")) {
            if (!part.isEmpty()) {
                rawParts.add(part);
                int equals = part.indexOf('=');
                String value = equals < 0 ? "" : part.substring(equals + 1);
                if (values.put(nameOf(part), decodeForm(value)) != null) {
                    throw new Problem(400, "BadRequest", "Query parameter " + nameOf(part) + " is given twice");
                }
            }
        }
    }

    public Map<String, String> values() {
        return values;
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** Returns the same query, as received, with another {@code $skip}. */
    public String withSkip(long skip) {
        return with(SKIP, Long.toString(skip));
    }

    /** Returns the same query, as received, with another {@code $skiptoken} instead of a {@code $skip}. */
    public String withSkipToken(String token) {
        return with(SKIP_TOKEN, token);
    }

    private String with(String name, String value) {
        StringBuilder query = new StringBuilder();
        for (String part : rawParts) {
            if (!nameOf(part).equals(SKIP) && !nameOf(part).equals(name)) {
                query.append(part).append('&');
            }
        }
        return query.append(name).append('=').append(value).toString();
    }

    private static String nameOf(String part) {
        int equals = part.indexOf('=');
        String name = decodeForm(equals < 0 ? part : part.substring(0, equals));
        return name.startsWith("$") ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Decodes percent-encoding where a plus is a blank. */
    public static String decodeForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "BadRequest", "Malformed percent-encoding: " + text);
        }
    }

    /** Decodes percent-encoding where a plus is a plus. */
    public static String decodePath(String text) {
        return decodeForm(text.replace("+", "%2B"));
    }
}
