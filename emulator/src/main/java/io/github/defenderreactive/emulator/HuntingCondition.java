package io.github.defenderreactive.emulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
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
    private static final Map<String, BiPredicate<String, String>> TEXTS = Map.of(
            "=~",
            String::equalsIgnoreCase,
            "contains",
            (text, part) -> lower(text).contains(lower(part)),
            "contains_cs",
            String::contains,
            "startswith",
            (text, part) -> lower(text).startsWith(lower(part)),
            "endswith",
            (text, part) -> lower(text).endsWith(lower(part)),
            "has",
            HuntingCondition::hasWord);

    private static final Map<String, String> NEGATED = Map.of(
            "!~", "=~",
            "!contains", "contains",
            "!startswith", "startswith",
            "!endswith", "endswith",
            "!has", "has");

    private final HuntingWords words;
    private final HuntingResult table;
    private int depth;

    private HuntingCondition(HuntingWords words, HuntingResult table) {
        this.words = words;
        this.table = table;
    }

    static Predicate<Row> read(HuntingWords words, HuntingResult table) {
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
        if (!words.take("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw HuntingQuery.error("more than " + DEEPEST + " brackets inside of one another");
        }
        Predicate<Row> inner = alternatives();
        words.expect(")");
        depth--;
        return inner;
    }

    private Predicate<Row> comparison() {
        HuntingColumn column = HuntingQuery.column(table, words.name("a column"));
        String operator = words.take().text();
        if (operator.equals("in") || operator.equals("!in")) {
            Predicate<Row> listed = in(column);
            return operator.equals("in") ? listed : listed.negate();
        }
        String positive = NEGATED.getOrDefault(operator, operator);
        Predicate<Row> test = switch (positive) {
            case "==" -> equal(column, words.literal());
            case "!=" -> equal(column, words.literal()).negate();
            default -> {
                IntPredicate order = ORDERED.get(positive);
                yield order == null ? text(column, positive) : ordered(column, order, words.literal());
            }
        };
        return positive.equals(operator) ? test : test.negate();
    }

    private Predicate<Row> in(HuntingColumn column) {
        words.expect("(");
        List<Predicate<Row>> choices = new ArrayList<>();
        do {
            choices.add(equal(column, words.literal()));
        } while (words.take(","));
        words.expect(")");
        return row -> choices.stream().anyMatch(choice -> choice.test(row));
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
            throw HuntingQuery.error("column " + column.name() + " has no order that can be asked for");
        }
        return row -> {
            Object value = row.get(column.name());
            return value != null && order.test(compare(value, literal));
        };
    }

    private Predicate<Row> text(HuntingColumn column, String operator) {
        BiPredicate<String, String> test = TEXTS.get(operator);
        if (test == null) {
            throw HuntingQuery.error("unknown comparison '" + operator + "'");
        }
        if (!(words.literal() instanceof String literal) || column.type() != HuntingColumn.Type.TEXT) {
            throw HuntingQuery.error("'" + operator + "' compares a column of texts with a text");
        }
        return row -> test.test(row.get(column.name()) instanceof String value ? value : "", literal);
    }

    private static void requireComparable(HuntingColumn column, Object literal) {
        boolean fits = switch (column.type()) {
            case TIME -> literal instanceof Instant;
            case TEXT -> literal instanceof String;
            case INT, LONG -> literal instanceof BigDecimal;
            case BOOLEAN -> literal instanceof Boolean || literal instanceof BigDecimal;
        };
        if (!fits) {
            throw HuntingQuery.error("column " + column.name() + " of type "
                    + column.type().wire() + " cannot be compared with " + literal);
        }
    }

    /** Values of one column, or a value of it and a literal that fits. */
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
            return BigDecimal.valueOf(number.longValue());
        }
        return Boolean.TRUE.equals(value) ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private static boolean hasWord(String text, String word) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
