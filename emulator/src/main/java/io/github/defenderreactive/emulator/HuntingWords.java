package io.github.defenderreactive.emulator;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The words of a hunting query, read from left to right. */
final class HuntingWords {

    private final List<HuntingToken> tokens;
    private final Instant now;
    private int at;

    HuntingWords(String query, Instant now) {
        this.tokens = HuntingToken.of(query);
        this.now = now;
    }

    HuntingToken peek() {
        return tokens.get(at);
    }

    boolean atEnd() {
        return peek().kind() == HuntingToken.Kind.END;
    }

    HuntingToken take() {
        HuntingToken taken = peek();
        if (!atEnd()) {
            at++;
        }
        return taken;
    }

    /** Takes the next word if it is this one. */
    boolean take(String word) {
        boolean found = peek().is(word);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String word) {
        if (!take(word)) {
            throw HuntingQuery.error("expected " + word + ", found '" + peek().text() + "'");
        }
    }

    String name(String wanted) {
        HuntingToken token = take();
        if (token.kind() != HuntingToken.Kind.NAME) {
            throw HuntingQuery.error("expected " + wanted + ", found '" + token.text() + "'");
        }
        return token.text();
    }

    int count() {
        HuntingToken token = take();
        try {
            if (token.kind() == HuntingToken.Kind.NUMBER) {
                return Integer.parseInt(token.text());
            }
        } catch (NumberFormatException e) {
            // Said below: a fraction, or more than any answer holds.
        }
        throw HuntingQuery.error("expected a number of rows, found '" + token.text() + "'");
    }

    /** A literal: a text, a number, a boolean, or a time by now(), ago() or datetime(). */
    Object literal() {
        HuntingToken token = take();
        return switch (token.kind()) {
            case TEXT -> token.text();
            case NUMBER -> new BigDecimal(token.text());
            case TIME -> time(token.text());
            case NAME -> named(token.text());
            default -> throw HuntingQuery.error("expected a value, found '" + token.text() + "'");
        };
    }

    private Object named(String name) {
        switch (name) {
            case "true", "false" -> {
                return Boolean.valueOf(name);
            }
            case "now" -> {
                expect("(");
                expect(")");
                return now;
            }
            case "ago" -> {
                expect("(");
                Instant time = now.minus(span());
                expect(")");
                return time;
            }
            default -> throw HuntingQuery.error("'" + name + "' is not a value that can be compared with");
        }
    }

    private Duration span() {
        HuntingToken token = take();
        if (token.kind() != HuntingToken.Kind.SPAN || token.text().length() > 7) {
            throw HuntingQuery.error("expected a time span such as 7d, found '" + token.text() + "'");
        }
        long count = Long.parseLong(token.text().substring(0, token.text().length() - 1));
        return switch (token.text().charAt(token.text().length() - 1)) {
            case 'd' -> Duration.ofDays(count);
            case 'h' -> Duration.ofHours(count);
            case 'm' -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private static Instant time(String text) {
        try {
            return text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw HuntingQuery.error("'" + text + "' is not a time");
        }
    }
}
