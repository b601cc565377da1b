package io.github.defenderreactive.emulator.internal.rules;

import io.github.defenderreactive.emulator.internal.json.JsonData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers that a test gives. A header that cannot be sent is refused here, before it breaks the connection. */
final class GivenHeaders {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private GivenHeaders() {}

    /** Returns the headers with another one, which replaces one of the same name. */
    static Map<String, String> with(Map<String, String> headers, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be the name of a header, was " + JsonData.shown(name));
        } else if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "value must be text without line breaks in ISO 8859-1, was " + JsonData.shown(value));
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return more;
    }
}
