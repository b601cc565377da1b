package io.github.defenderreactive.client.hunting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query split into its text and its placeholders. It reads the query as the lexer of the query language does, so that
 * a placeholder is found only where a value can be.
 */
final class QueryTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{Nd}_]*");
    private static final List<String> MULTI_LINE_QUOTES = List.of("```", "~~~");

    /** Types whose literals are written as the type and any text in parentheses, which is not read as a query. */
    private static final Set<String> LITERAL_TYPES = Set.of(
            "bool",
            "boolean",
            "date",
            "datetime",
            "decimal",
            "double",
            "dynamic",
            "float",
            "guid",
            "int",
            "int32",
            "int64",
            "long",
            "real",
            "single",
            "time",
            "timespan",
            "uniqueid",
            "uuid");

    /** Characters that end a token before a value, so that no blank is needed. */
    private static final String BEFORE = " \t\r\n(,[";

    private static final String AFTER = " \t\r\n),];";

    private final String query;
    /** Texts and names of placeholders in turn; begins and ends with a text. */
    private final List<String> parts = new ArrayList<>();
    /** Where each name is that a value cannot replace. */
    private final Map<String, String> hidden = new TreeMap<>();

    private @Nullable String malformed;
    private int at;
    private int textFrom;

    private QueryTemplate(String query) {
        this.query = query;
    }

    /**
     * Splits a query.
     *
     * @throws IllegalArgumentException if it has placeholders and a literal without an end, so that their places are
     *     not certain
     */
    static QueryTemplate of(String query) {
        QueryTemplate template = new QueryTemplate(query);
        template.split();
        if (template.malformed != null && template.parts.size() > 1) {
            throw new IllegalArgumentException("query must not have placeholders and " + template.malformed);
        }
        return template;
    }

    String query() {
        return query;
    }

    /** Returns the names of the placeholders. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i < parts.size(); i += 2) {
            names.add(parts.get(i));
        }
        return names;
    }

    /**
     * Checks that a value can be bound to a name.
     *
     * @throws IllegalArgumentException if there is no such placeholder, or one where a value cannot be
     */
    void requireName(String name) {
        String place = hidden.get(name);
        if (place != null) {
            throw new IllegalArgumentException("{" + name + "} must not be inside " + place
                    + ", where no value can be bound. A bound value is a literal of its own, without quotes and type");
        }
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "name must be one of the placeholders " + new TreeSet<>(names()) + ", was '" + name + "'");
        }
    }

    /** Returns the query with literals in place of the placeholders, each of them separate from its neighbours. */
    String render(Map<String, String> literals) {
        StringBuilder out = new StringBuilder(parts.get(0));
        for (int i = 1; i < parts.size(); i += 2) {
            String literal = literals.get(parts.get(i));
            if (literal == null) {
                throw new IllegalArgumentException(
                        "query must have a value for {" + parts.get(i) + "}, but none is bound");
            }
            if (out.length() > 0 && BEFORE.indexOf(out.charAt(out.length() - 1)) < 0) {
                out.append(' ');
            }
            out.append(literal);
            String following = parts.get(i + 1);
            if (!following.isEmpty() && AFTER.indexOf(following.charAt(0)) < 0) {
                out.append(' ');
            }
            out.append(following);
        }
        return out.toString();
    }

    private void split() {
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '{') {
                brace();
            } else if (c == '#' || query.startsWith("//", at)) {
                hide(lineEnd(at), "a comment", false);
            } else if (c == '"' || c == '\'') {
                hide(textEnd(c, at + 1), "a string literal", true);
            } else if (c == '@' && at + 1 < query.length() && "\"'".indexOf(query.charAt(at + 1)) >= 0) {
                hide(verbatimEnd(query.charAt(at + 1), at + 2), "a string literal", true);
            } else if (multiLineQuote() != null) {
                hide(multiLineEnd(), "a string literal", true);
            } else if (Character.isLetter(c) || c == '_' || c == '$') {
                word();
            } else {
                at++;
            }
        }
        parts.add(query.substring(textFrom));
    }

    private void brace() {
        Matcher matcher = PLACEHOLDER.matcher(query).region(at, query.length());
        if (!matcher.lookingAt()) {
            at++;
            return;
        }
        parts.add(query.substring(textFrom, at));
        parts.add(matcher.group(1));
        at = matcher.end();
        textFrom = at;
    }

    private void word() {
        Matcher matcher = WORD.matcher(query).region(at, query.length());
        if (!matcher.lookingAt()) {
            at++;
            return;
        }
        at = matcher.end();
        if (LITERAL_TYPES.contains(matcher.group())) {
            int open = at;
            while (open < query.length() && Character.isWhitespace(query.charAt(open))) {
                open++;
            }
            if (open < query.length() && query.charAt(open) == '(') {
                at = open;
                hide(parenthesisEnd(), "the literal " + matcher.group() + "()", false);
            }
        }
    }

    /** Moves to an index, and records the names in between. */
    private void hide(int end, String place, boolean refused) {
        if (end < 0) {
            if (malformed == null) {
                malformed = place + " without an end, as the one at index " + at;
            }
            end = query.length();
        }
        Matcher matcher = PLACEHOLDER.matcher(query).region(at, end);
        while (matcher.find()) {
            if (refused || place.startsWith("the literal")) {
                hidden.put(matcher.group(1), place);
            }
        }
        at = end;
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < query.length() && !isLineBreak(query.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLineBreak(char c) {
        return c == '\r' || c == '\n' || c == '\u2028' || c == '\u2029';
    }

    private int textEnd(char quote, int from) {
        for (int i = from; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == quote) {
                return i + 1;
            } else if (c == '\\') {
                i++;
            } else if (isLineBreak(c)) {
                return -1;
            }
        }
        return -1;
    }

    private int verbatimEnd(char quote, int from) {
        for (int i = from; i < query.length(); i++) {
            char c = query.charAt(i);
            if (isLineBreak(c)) {
                return -1;
            } else if (c == quote) {
                if (i + 1 == query.length() || query.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i++;
            }
        }
        return -1;
    }

    private @Nullable String multiLineQuote() {
        for (String quote : MULTI_LINE_QUOTES) {
            if (query.startsWith(quote, at)) {
                return quote;
            }
        }
        return null;
    }

    private int multiLineEnd() {
        int end = query.indexOf(query.substring(at, at + 3), at + 3);
        return end < 0 ? -1 : end + 3;
    }

    /** Returns the index after the parenthesis that closes the one here; texts inside may contain others. */
    private int parenthesisEnd() {
        int depth = 0;
        for (int i = at; i >= 0 && i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            } else if (c == '"' || c == '\'') {
                int end = i > 0 && query.charAt(i - 1) == '@' ? verbatimEnd(c, i + 1) : textEnd(c, i + 1);
                if (end < 0) {
                    return -1;
                }
                i = end - 1;
            }
        }
        return -1;
    }
}
