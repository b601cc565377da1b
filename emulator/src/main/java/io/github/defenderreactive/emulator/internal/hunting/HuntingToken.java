package io.github.defenderreactive.emulator.internal.hunting;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a hunting query.
 *
 * @param text the word as written; for a text literal what it stands for
 */
record HuntingToken(Kind kind, String text) {

    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        /** A stretch of time such as {@code 7d}, or the content of the brackets of {@code timespan()}. */
        SPAN,
        /** The content of the brackets of {@code datetime()}. */
        TIME,
        SYMBOL,
        END
    }

    private static final Pattern TOKEN = Pattern.compile("(?<blank>\\s+|//[^\\n]*)"
            + "|datetime\\s*\\(\\s*(?<time>[^()]*?)\\s*\\)"
            + "|timespan\\s*\\(\\s*(?<stretch>[^()]*?)\\s*\\)"
            + "|long\\s*\\(\\s*(?<whole>-?\\d+)\\s*\\)"
            + "|(?<span>\\d+(?:d|h|m|s))(?![\\w.])"
            + "|(?<number>\\d+(?:\\.\\d+)?)(?![\\w.])"
            + "|(?<name>!?in~|!?[A-Za-z_]\\w*)"
            + "|(?<verbatim>@\"(?:[^\"]++|\"\")*+\"|@'(?:[^']++|'')*+')"
            + "|(?<text>\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+')"
            + "|(?<symbol>==|!=|=~|!~|<=|>=|<|>|\\||,|\\(|\\)|[^\\s\\w])");

    /** An escape, of a character by its code or another. */
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:(?<code>u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2})|[0-7]{1,3}|.)", Pattern.DOTALL);

    static List<HuntingToken> of(String query) {
        List<HuntingToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int at = 0;
        while (at < query.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw HuntingQuery.unsupported("'" + query.substring(at, Math.min(query.length(), at + 20)) + "'");
            }
            at = matcher.end();
            if (matcher.group("blank") == null) {
                tokens.add(token(matcher));
            }
        }
        tokens.add(new HuntingToken(Kind.END, "the end"));
        return tokens;
    }

    private static HuntingToken token(Matcher matcher) {
        String word = matcher.group();
        String time = matcher.group("time");
        String whole = matcher.group("whole");
        String stretch = matcher.group("stretch");
        if (time != null) {
            return new HuntingToken(Kind.TIME, time);
        } else if (whole != null) {
            return new HuntingToken(Kind.NUMBER, whole);
        } else if (stretch != null) {
            return new HuntingToken(Kind.SPAN, stretch);
        } else if (matcher.group("name") != null) {
            return new HuntingToken(Kind.NAME, word);
        } else if (matcher.group("number") != null) {
            return new HuntingToken(Kind.NUMBER, word);
        } else if (matcher.group("span") != null) {
            return new HuntingToken(Kind.SPAN, word);
        } else if (matcher.group("verbatim") != null) {
            String quote = word.substring(1, 2);
            return new HuntingToken(
                    Kind.TEXT, word.substring(2, word.length() - 1).replace(quote + quote, quote));
        } else if (matcher.group("text") != null) {
            return new HuntingToken(Kind.TEXT, unescaped(word.substring(1, word.length() - 1)));
        }
        if (word.equals("'") || word.equals("\"")) {
            throw HuntingQuery.error("a text that begins with " + word + " has no end");
        }
        return new HuntingToken(Kind.SYMBOL, word);
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        Matcher escape = ESCAPE.matcher(text);
        try {
            while (escape.find()) {
                String code = escape.group("code");
                escape.appendReplacement(
                        out,
                        Matcher.quoteReplacement(
                                code == null
                                        ? escape.group().translateEscapes()
                                        : Character.toString(Integer.parseInt(code.substring(1), 16))));
            }
        } catch (IllegalArgumentException e) {
            throw HuntingQuery.error(
                    "unknown escape in '" + text + "'; a backslash is doubled, or the text begins with @");
        }
        return escape.appendTail(out).toString();
    }

    boolean is(String word) {
        return kind != Kind.TEXT && text.equals(word);
    }
}
