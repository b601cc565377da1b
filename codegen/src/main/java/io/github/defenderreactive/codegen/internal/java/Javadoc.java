package io.github.defenderreactive.codegen.internal.java;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A documentation comment built from arbitrary text. The result is always one comment with valid HTML: paragraphs are
 * kept, {@code `code`} becomes code, everything else is escaped.
 */
public final class Javadoc {

    private static final Pattern PARAGRAPHS = Pattern.compile("\\R\\h*\\R\\s*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PLAIN =
            Pattern.compile("(?:[A-Za-z0-9_.$/()=,:' -]|\\{[A-Za-z0-9]*})*(?:[A-Za-z0-9_.$/()=,')-]|\\{[A-Za-z0-9]*})");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@[a-z]+ (?:[^{}]|\\{[^{}]*})*}");

    /**
     * Replaces the blanks in inline tags while lines are wrapped, so that tags are not broken. Never part of a text.
     */
    private static final char UNBREAKABLE = '\u0001';

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?:]");

    private final List<String> paragraphs = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();

    /** Adds paragraphs of plain text. */
    public Javadoc text(String plain) {
        for (String paragraph : PARAGRAPHS.split(plain.strip())) {
            if (!paragraph.isBlank()) {
                paragraphs.add(sentence(html(paragraph)));
            }
        }
        return this;
    }

    /** Adds a paragraph of Javadoc markup. */
    public Javadoc markup(String paragraph) {
        paragraphs.add(paragraph);
        return this;
    }

    public Javadoc tag(String name, String markup) {
        tags.add("@" + name + " " + markup);
        return this;
    }

    public boolean isEmpty() {
        return paragraphs.isEmpty();
    }

    /** Returns the comment without the last line end. */
    public String block(int indent) {
        int width = JavaText.WIDTH - indent - 3;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < paragraphs.size(); i++) {
            if (i > 0) {
                lines.add("");
            }
            lines.addAll(wrapped((i > 0 ? "<p>" : "") + paragraphs.get(i), width));
        }
        if (!tags.isEmpty()) {
            lines.add("");
        }
        for (String tag : tags) {
            List<String> wrapped = wrapped(tag, width - 4);
            lines.add(wrapped.get(0));
            wrapped.stream().skip(1).forEach(line -> lines.add("    " + line));
        }
        String margin = " ".repeat(indent);
        if (lines.size() == 1 && lines.get(0).length() <= width - 6) {
            return margin + "/** " + lines.get(0) + " */";
        }
        StringBuilder out = new StringBuilder(margin).append("/**\n");
        for (String line : lines) {
            out.append(margin).append(line.isEmpty() ? " *" : " * " + line).append('\n');
        }
        return out.append(margin).append(" */").toString();
    }

    private static List<String> wrapped(String markup, int width) {
        String glued = INLINE_TAG
                .matcher(markup)
                .replaceAll(tag -> Matcher.quoteReplacement(tag.group().replace(' ', UNBREAKABLE)));
        return JavaText.wrapped(glued, width).stream()
                .map(line -> line.replace(UNBREAKABLE, ' '))
                .toList();
    }

    /** Returns plain text as one line of HTML with code spans. */
    public static String html(String plain) {
        String line = plain.strip().replaceAll("\\s+", " ");
        StringBuilder out = new StringBuilder();
        Matcher code = CODE.matcher(line);
        int from = 0;
        while (code.find()) {
            out.append(escaped(line.substring(from, code.start()))).append(code(code.group(1)));
            from = code.end();
        }
        return out.append(escaped(line.substring(from))).toString();
    }

    public static String code(String text) {
        return PLAIN.matcher(text).matches() ? "{@code " + text + "}" : "<code>" + escaped(text) + "</code>";
    }

    /** Returns the text as HTML without the full stop. */
    public static String phrase(String plain) {
        String html = html(plain);
        return html.endsWith(".") ? html.substring(0, html.length() - 1) : html;
    }

    private static String sentence(String html) {
        return html.isEmpty()
                        || SENTENCE_END
                                .matcher(html.substring(html.length() - 1))
                                .matches()
                ? html
                : html + ".";
    }

    private static String escaped(String plain) {
        StringBuilder out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                // These could start a tag, end an inline tag, end the comment, or start a Unicode escape.
                case '@' -> out.append("&#64;");
                case '{' -> out.append("&#123;");
                case '}' -> out.append("&#125;");
                case '\\' -> out.append("&#92;");
                case '*' -> out.append(i + 1 < plain.length() && plain.charAt(i + 1) == '/' ? "&#42;" : "*");
                case '/' -> out.append(i > 0 && plain.charAt(i - 1) == '*' ? "&#47;" : "/");
                default -> out.append(JavaText.invisible(c) ? shown(plain, i) : String.valueOf(c));
            }
        }
        return out.toString();
    }

    /** Returns both halves of a surrogate pair, and an empty string for other invisible characters. */
    private static String shown(String plain, int at) {
        char c = plain.charAt(at);
        boolean first = Character.isHighSurrogate(c)
                && at + 1 < plain.length()
                && Character.isLowSurrogate(plain.charAt(at + 1));
        boolean second = Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(plain.charAt(at - 1));
        return first || second ? String.valueOf(c) : "";
    }
}
