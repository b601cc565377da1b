package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.odata.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the condition of {@code where}: comparisons of a column with literals, joined by and, or and brackets. */
final class HuntingCondition {

    private static final int DEEPEST = 50;

    private static final Map<String, IntPredicate> ORDERED =
            Map.of("<", sign -> sign < 0, "<=", sign -> sign <= 0, ">", sign -> sign > 0, ">=", sign -> sign >= 0);

    /** Tests of texts. All but those of the name {@code _cs} take no notice of letter case, as in the service. */
    private static final Map<String, BiPredicate<String, String>> TEXTS = Map.ofEntries(
            Map.entry("=~", String::equalsIgnoreCase),
            Map.entry("contains", (text, part) -> lower(text).contains(lower(part))),
            Map.entry("contains_cs", String::contains),
            Map.entry("startswith", (text, part) -> lower(text).startsWith(lower(part))),
            Map.entry("startswith_cs", String::startsWith),
            Map.entry("endswith", (text, part) -> lower(text).endsWith(lower(part))),
            Map.entry("endswith_cs", String::endsWith),
            Map.entry("has", (text, word) -> hasWord(text, word, Pattern.CASE_INSENSITIVE)),
            Map.entry("has_cs", (text, word) -> hasWord(text, word, 0)));

    /** Tests of texts against each of a list, and whether one that passes is enough. */
    private static final Map<String, Boolean> LISTS = Map.of("has_any", true, "has_all", false);

    private static final Map<String, String> NEGATED = Map.of(
            "!~", "=~",
            "!contains", "contains",
            "!contains_cs", "contains_cs",
            "!startswith", "startswith",
            "!endswith", "endswith",
            "!has", "has",
            "!has_cs", "has_cs",
            "!in", "in",
            "!in~", "in~",
            "!between", "between");

    private static final Set<String> TESTS_OF_ABSENCE = Set.of("isempty", "isnotempty", "isnull", "isnotnull");

    private final HuntingLexer words;
    private final HuntingResult table;
    private int depth;

    private HuntingCondition(HuntingLexer words, HuntingResult table) {
        this.words = words;
        this.table = table;
    }

    static Predicate<Row> read(HuntingLexer words, HuntingResult table) {
        return new HuntingCondition(words, table).alternatives();
    }

    private Predicate<Row> alternatives() {
        List<Predicate<Row>> choices = new ArrayList<>();
        do {
            choices.add(conjunction());
        } while (words.take("or"));
        return row -> choices.stream().anyMatch(choice -> choice.test(row));
    }

    private Predicate<Row> conjunction() {
        List<Predicate<Row>> terms = new ArrayList<>();
        do {
            terms.add(term());
        } while (words.take("and"));
        return row -> terms.stream().allMatch(term -> term.test(row));
    }

    private Predicate<Row> term() {
        if (words.take("(")) {
            return bracketed();
        } else if (words.peek().is("not")) {
            words.take();
            words.expect("(");
            return bracketed().negate();
        }
        return TESTS_OF_ABSENCE.contains(words.peek().text()) ? absence(words.name("a test")) : comparison();
    }

    private Predicate<Row> bracketed() {
        if (++depth > DEEPEST) {
            throw HuntingQuery.unsupported("more than " + DEEPEST + " brackets inside of one another");
        }
        Predicate<Row> inner = alternatives();
        words.expect(")");
        depth--;
        return inner;
    }

    /** Returns the test for a missing value; a missing text is empty. */
    private Predicate<Row> absence(String test) {
        words.expect("(");
        HuntingColumn column = HuntingQuery.column(table, words.name("a column"));
        words.expect(")");
        Predicate<Row> absent = row -> {
            Object value = row.get(column.name());
            return value == null && (test.endsWith("empty") || column.type() != HuntingColumn.Type.TEXT)
                    || "".equals(value) && test.endsWith("empty");
        };
        return test.startsWith("isnot") ? absent.negate() : absent;
    }

    private Predicate<Row> comparison() {
        HuntingColumn column = HuntingQuery.column(table, words.name("a column"));
        String operator = words.peek().text();
        if (words.atEnd()) {
            throw HuntingQuery.unsupported("column " + column.name() + " as a condition");
        }
        words.take();
        String positive = NEGATED.getOrDefault(operator, operator);
        Predicate<Row> test = switch (positive) {
            case "==" -> equal(column, words.literal());
            case "!=" -> equal(column, words.literal()).negate();
            case "in" -> anyOf(literals(), literal -> equal(column, literal));
            case "in~" -> anyOf(literals(), literal -> text(column, "=~", literal));
            case "has_any", "has_all" -> hasEach(column, literals(), LISTS.getOrDefault(positive, true));
            case "between" -> between(column);
            default -> {
                IntPredicate order = ORDERED.get(positive);
                if (order != null) {
                    yield ordered(column, order, words.literal());
                } else if (!TEXTS.containsKey(positive)) {
                    throw HuntingQuery.unsupported("the comparison '" + operator + "'");
                }
                yield text(column, positive, words.literal());
            }
        };
        return positive.equals(operator) ? test : test.negate();
    }

    private List<Object> literals() {
        words.expect("(");
        boolean dynamic = words.take("dynamic");
        if (dynamic) {
            words.expect("(");
            words.expect("[");
        }
        List<Object> all = new ArrayList<>();
        if (!dynamic || !words.peek().is("]")) {
            do {
                all.add(words.literal());
            } while (words.take(","));
        }
        if (dynamic) {
            words.expect("]");
            words.expect(")");
        }
        words.expect(")");
        return all;
    }

    private static Predicate<Row> anyOf(List<Object> literals, Function<Object, Predicate<Row>> test) {
        List<Predicate<Row>> choices = literals.stream().map(test).toList();
        return row -> choices.stream().anyMatch(choice -> choice.test(row));
    }

    private static Predicate<Row> hasEach(HuntingColumn column, List<Object> literals, boolean oneIsEnough) {
        List<Predicate<Row>> tests =
                literals.stream().map(word -> text(column, "has", word)).toList();
        return oneIsEnough
                ? row -> tests.stream().anyMatch(test -> test.test(row))
                : row -> tests.stream().allMatch(test -> test.test(row));
    }

    /** Returns the test of a range, which includes both ends. */
    private Predicate<Row> between(HuntingColumn column) {
        words.expect("(");
        Predicate<Row> first = ordered(column, sign -> sign >= 0, words.literal());
        words.expect(".");
        words.expect(".");
        Predicate<Row> last = ordered(column, sign -> sign <= 0, words.literal());
        words.expect(")");
        return first.and(last);
    }

    private static Predicate<Row> equal(HuntingColumn column, Object literal) {
        requireComparable(column, literal);
        return row -> {
            Object value = row.get(column.name());
            return value == null ? "".equals(literal) : compare(value, literal) == 0;
        };
    }

    private static Predicate<Row> ordered(HuntingColumn column, IntPredicate order, Object literal) {
        requireComparable(column, literal);
        if (column.type() == HuntingColumn.Type.TEXT || column.type() == HuntingColumn.Type.BOOLEAN) {
            throw HuntingQuery.unsupported("an order of column " + column.name());
        }
        return row -> {
            Object value = row.get(column.name());
            return value != null && order.test(compare(value, literal));
        };
    }

    private static Predicate<Row> text(HuntingColumn column, String operator, Object literal) {
        if (!(literal instanceof String text) || column.type() != HuntingColumn.Type.TEXT) {
            throw HuntingQuery.unsupported("'" + operator + "' but between a column of texts and a text");
        }
        BiPredicate<String, String> test = Objects.requireNonNull(TEXTS.get(operator));
        return row -> test.test(row.get(column.name()) instanceof String value ? value : "", text);
    }

    /** Refuses comparisons of texts with numbers. Other conversions of the service are unknown. */
    private static void requireComparable(HuntingColumn column, Object literal) {
        boolean fits = switch (column.type()) {
            case TIME -> literal instanceof Instant;
            case TEXT -> literal instanceof String;
            case INT, LONG, REAL -> literal instanceof BigDecimal;
            case BOOLEAN -> literal instanceof Boolean || literal instanceof BigDecimal;
            case OBJECT -> false;
        };
        if (fits) {
            return;
        }
        boolean wrong = switch (column.type()) {
            case TEXT -> literal instanceof BigDecimal;
            case INT, LONG, REAL -> literal instanceof String;
            default -> false;
        };
        String pair = "column " + column.name() + " of type " + column.type().wire() + " with " + literal;
        throw wrong
                ? HuntingQuery.error("cannot compare " + pair)
                : HuntingQuery.unsupported("a comparison of " + pair);
    }

    /** Returns the values of one column, or a value of it and a literal that fits. */
    static int compare(Object value, Object other) {
        if (value instanceof Instant time && other instanceof Instant otherTime) {
            return time.compareTo(otherTime);
        } else if (value instanceof String text && other instanceof String otherText) {
            return text.compareTo(otherText);
        }
        return number(value).compareTo(number(other));
    }

    private static BigDecimal number(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        } else if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        return Boolean.TRUE.equals(value) ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private static boolean hasWord(String text, String word, int flags) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])", flags)
                .matcher(text)
                .find();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
