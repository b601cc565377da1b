package io.github.defenderreactive.runtime.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, section 11.6.1).
 *
 * @param scheme the scheme in lower case
 * @param parameters the parameters by name, ignoring case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

    /** Matches one parameter. A quoted value may contain commas and equals signs, so the header cannot be split. */
    private static final Pattern PARAMETER = Pattern.compile("[\\s,]*+(" + TOKEN
            + ")\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(" + TOKEN + "))(?=\\s*+(?:,|$))");

    /** Matches a scheme. Some schemes have one opaque token instead of parameters. */
    private static final Pattern SCHEME =
            Pattern.compile("[\\s,]*+(" + TOKEN + ")(?:\\s++[A-Za-z0-9._~+/-]++=*+(?=\\s*+(?:,|$)))?+(?=[\\s,]|$)");

    /** Returns the challenges of a header; of an invalid header, those before the error. */
    static List<Challenge> read(String header) {
        List<Challenge> found = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(header);
        Matcher scheme = SCHEME.matcher(header);
        int at = 0;
        while (true) {
            if (!found.isEmpty() && parameter.region(at, header.length()).lookingAt()) {
                String quoted = parameter.group(2);
                found.get(found.size() - 1)
                        .parameters()
                        .putIfAbsent(
                                parameter.group(1),
                                quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                at = parameter.end();
            } else if (scheme.region(at, header.length()).lookingAt()) {
                found.add(new Challenge(
                        scheme.group(1).toLowerCase(Locale.ROOT), new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
                at = scheme.end();
            } else {
                return found;
            }
        }
    }
}
