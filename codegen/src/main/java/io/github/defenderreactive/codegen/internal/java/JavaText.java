package io.github.defenderreactive.codegen.internal.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats Java source: literals, calls and lists, broken where a line would be too long. */
public final class JavaText {

    public static final int WIDTH = 120;

    private JavaText() {}

    /** Returns a string literal. */
    public static String literal(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (invisible(c)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** Returns a string literal that is broken at blanks if it does not fit on a line with that indent. */
    public static String literal(String text, int indent) {
        int width = WIDTH - indent - 12;
        if (literal(text).length() <= width) {
            return literal(text);
        }
        List<String> lines = wrapped(text, width);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            out.append(i == 0 ? "" : "\n" + " ".repeat(indent + 8) + "+ ")
                    .append(literal(lines.get(i) + (last ? "" : " ")));
        }
        return out.toString();
    }

    /** Returns whether a character is invisible in source: a control character, a surrogate or a direction mark. */
    static boolean invisible(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Returns a call on one line if it fits after {@code used} columns, otherwise with one argument per line. */
    public static String call(String name, List<String> arguments, int indent, int used) {
        String line = name + "(" + String.join(", ", arguments) + ")";
        if (used + line.length() <= WIDTH && !line.contains("\n")) {
            return line;
        }
        String separator = "\n" + " ".repeat(indent + 8);
        return name + "(" + separator + String.join("," + separator, arguments) + ")";
    }

    public static String listOf(List<String> texts, int indent) {
        return call("List.of", texts.stream().map(JavaText::literal).toList(), indent, indent + 2);
    }

    /** Wraps text into lines. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns an assignment, broken after the sign if it is too long. */
    public static String statement(int indent, String left, String right) {
        String line = " ".repeat(indent) + left + " " + right + ";";
        return line.length() <= WIDTH ? line : " ".repeat(indent) + left + "\n" + " ".repeat(indent + 8) + right + ";";
    }

    /** Returns the head of an if statement, broken before the operators if it is too long. */
    public static String condition(int indent, List<String> terms) {
        String margin = " ".repeat(indent);
        String line = margin + "if (" + String.join(" && ", terms) + ") {";
        return line.length() <= WIDTH
                ? line
                : margin + "if (" + String.join("\n" + margin + "        && ", terms) + ") {";
    }

    /** Returns the statement that throws if required values are missing. */
    public static String refusal(String what) {
        String argument = literal(what + " needs ") + " + String.join(\", \", missing));";
        String line = " ".repeat(16) + "throw new IllegalStateException(";
        return line.length() + argument.length() <= WIDTH ? line + argument : line + "\n" + " ".repeat(24) + argument;
    }
}
