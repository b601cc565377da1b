package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.http.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens of a hunting query from left to right. */
final class HuntingLexer {

    /** A date, a time of day if there is one, and an offset if that is not UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    /** Days, hours, minutes and seconds of {@code timespan()}; fractions of seconds are left out. */
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\.(\\d{2}):(\\d{2}):(\\d{2})(?:\\.\\d+)?");

    private final List<HuntingToken> tokens;
    private final Instant now;
    private int at;

    HuntingLexer(String query, Instant now) {
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
            throw unexpected(word, peek());
        }
    }

    /**
     * Returns the refusal of an unexpected token. A query that ends too early is wrong; another token may be valid in
     * the full language.
     */
    static Problem unexpected(String wanted, HuntingToken found) {
        return found.kind() == HuntingToken.Kind.END
                ? HuntingQuery.error("expected " + wanted + ", found the end")
                : HuntingQuery.unsupported("'" + found.text() + "' in place of " + wanted);
    }

    String name(String wanted) {
        HuntingToken token = take();
        if (token.kind() != HuntingToken.Kind.NAME) {
            throw unexpected(wanted, token);
        }
        return token.text();
    }

    /** Reads a number of rows, capped at the maximum of a response. */
    int count() {
        HuntingToken token = take();
        if (token.kind() != HuntingToken.Kind.NUMBER || token.text().contains(".")) {
            throw unexpected("a number of rows", token);
        }
        return new BigDecimal(token.text())
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValue();
    }

    /** Returns a literal: a text, a number, a boolean, or a time by now(), ago() or datetime(). */
    Object literal() {
        HuntingToken token = take();
        return switch (token.kind()) {
            case TEXT -> token.text();
            case NUMBER -> new BigDecimal(token.text());
            case TIME -> time(token.text());
            case NAME -> named(token.text());
            default -> throw unexpected("a value", token);
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
            default -> throw HuntingQuery.unsupported("'" + name + "' as a value");
        }
    }

    private Duration span() {
        HuntingToken token = take();
        Matcher exact = SPAN.matcher(token.text());
        if (token.kind() == HuntingToken.Kind.SPAN && exact.matches()) {
            return Duration.ofDays(Long.parseLong(exact.group(1)))
                    .plusHours(Long.parseLong(exact.group(2)))
                    .plusMinutes(Long.parseLong(exact.group(3)))
                    .plusSeconds(Long.parseLong(exact.group(4)));
        }
        if (token.kind() != HuntingToken.Kind.SPAN || !token.text().matches("\\d{1,6}[dhms]")) {
            throw unexpected("a time span such as 7d", token);
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
            TemporalAccessor time =
                    TIME.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime exact) {
                return exact.toInstant();
            }
            LocalDateTime local = time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
            return local.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw text.chars().anyMatch(Character::isDigit)
                    ? HuntingQuery.unsupported("the time '" + text + "'")
                    : HuntingQuery.error("'" + text + "' is not a time");
        }
    }
}
