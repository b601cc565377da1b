package io.github.defenderreactive.client.hunting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A lexer of the query language, written from its published grammar and not from the code under test: string literals in
 * all their forms, literals of the form {@code type(…)} that end at the next parenthesis whatever they contain, and
 * comments.
 */
final class KqlLexer {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        TYPED,
        SYMBOL,
        BAD
    }

    /** A token as written. */
    record Token(Kind kind, String text) {}

    private static final Set<String> TYPES =
            Set.of("bool", "int", "long", "real", "double", "decimal", "date", "datetime", "time", "timespan", "guid");

    private final String query;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private KqlLexer(String query) {
        this.query = query;
    }

    static List<Token> tokens(String query) {
        KqlLexer lexer = new KqlLexer(query);
        while (lexer.at < query.length()) {
            lexer.step();
        }
        return lexer.tokens;
    }

    private char peek(int ahead) {
        return at + ahead < query.length() ? query.charAt(at + ahead) : 0;
    }

    private static boolean endsLine(char c) {
        return c == '\r' || c == '\n' || c == '\u2028' || c == '\u2029';
    }

    private void step() {
        char c = peek(0);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200b' || c == '\u180e') {
            at++;
        } else if (c == '/' && peek(1) == '/') {
            while (at < query.length() && !endsLine(peek(0))) {
                at++;
            }
        } else if (!string(at)) {
            other(c);
        }
    }

    private boolean string(int start) {
        int mark = at;
        if (peek(0) == 'h' || peek(0) == 'H') {
            at++;
        }
        boolean verbatim = peek(0) == '@';
        if (verbatim) {
            at++;
        }
        if (peek(0) == '"' || peek(0) == '\'') {
            quoted(start, peek(0), verbatim);
            return true;
        }
        for (String quote : List.of("```", "~~~")) {
            if (query.startsWith(quote, at)) {
                int end = query.indexOf(quote, at + 3);
                at = end < 0 ? query.length() : end + 3;
                tokens.add(new Token(end < 0 ? Kind.BAD : Kind.STRING, query.substring(start, at)));
                return true;
            }
        }
        at = mark;
        return false;
    }

    private void quoted(int start, char quote, boolean verbatim) {
        at++;
        while (at < query.length() && !endsLine(peek(0))) {
            if (peek(0) == quote && verbatim && peek(1) == quote || peek(0) == '\\' && !verbatim) {
                at += 2;
            } else if (peek(0) == quote) {
                at++;
                tokens.add(new Token(Kind.STRING, query.substring(start, at)));
                return;
            } else {
                at++;
            }
        }
        at = Math.min(at, query.length());
        tokens.add(new Token(Kind.BAD, query.substring(start, at)));
    }

    private void other(char c) {
        int start = at;
        at++;
        if (Character.isLetterOrDigit(c) || c == '_' || c == '$') {
            while (Character.isLetterOrDigit(peek(0)) || peek(0) == '_') {
                at++;
            }
            if (TYPES.contains(query.substring(start, at)) && peek(0) == '(') {
                while (at < query.length() && peek(0) != ')' && !endsLine(peek(0))) {
                    at++;
                }
                at = Math.min(at + 1, query.length());
                tokens.add(new Token(Kind.TYPED, query.substring(start, at)));
                return;
            }
            tokens.add(new Token(Character.isDigit(c) ? Kind.NUMBER : Kind.WORD, query.substring(start, at)));
            return;
        }
        tokens.add(new Token(Kind.SYMBOL, query.substring(start, at)));
    }

    /** Returns the value of a string literal in double quotes. */
    static String value(String literal) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                out.append(c);
            } else if (literal.charAt(i + 1) == 'u') {
                out.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                out.append(literal.charAt(++i));
            }
        }
        return out.toString();
    }
}
