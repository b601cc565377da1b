package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hunting query: a table, and operators that each turn the rows so far into others. Of the query language that is
 * {@code where}, {@code project}, {@code extend}, {@code distinct}, {@code summarize}, {@code take} or {@code limit},
 * {@code sort} or {@code order}, {@code top} and {@code count}, each in its plain form. A query that the service would
 * refuse is refused alike; one that may be right, but is not understood here, gets a 501.
 */
final class HuntingQuery {

    /** A column that is computed from a row. */
    private record Computed(HuntingColumn column, Function<Row, @Nullable Object> value) {}

    private final HuntingLexer words;
    private HuntingResult result;

    private HuntingQuery(HuntingLexer words, HuntingResult table) {
        this.words = words;
        this.result = table;
    }

    /**
     * Runs a query.
     *
     * @throws Problem 400 for an invalid query, 501 for an unsupported one
     */
    static HuntingResult run(String text, HuntingTables tables, Instant now) {
        HuntingLexer words = new HuntingLexer(text, now);
        String table = words.name("a table");
        if (words.peek().is("(")) {
            throw unsupported("function " + table);
        } else if (ServiceTables.isBeginning(table)) {
            throw unsupported("a query that begins with " + table);
        }
        HuntingQuery query = new HuntingQuery(words, tables.table(table));
        while (words.take("|")) {
            query.operator(words.name("an operator"));
        }
        words.take(";");
        if (!words.atEnd()) {
            throw unsupported("'" + words.peek().text() + "' here");
        }
        return query.result;
    }

    /** Returns the refusal of an invalid query. */
    static Problem error(String message) {
        return new Problem(400, "BadRequest", "Query: " + message);
    }

    /** Returns the refusal of a query that the emulator does not support, with the code that services use for status 501. */
    static Problem unsupported(String what) {
        return new Problem(
                501,
                "NotImplemented",
                "Query: the emulator does not support " + what
                        + ". The query may be right; tenant().hunting(query, rows) gives its rows");
    }

    static HuntingColumn column(HuntingResult table, String name) {
        HuntingColumn column = table.column(name);
        if (column != null) {
            return column;
        }
        List<String> names = table.columns().stream().map(HuntingColumn::name).toList();
        String there = "no column named " + name + "; there are " + String.join(", ", names);
        // Names are case-sensitive, and a result has the columns it was given.
        throw table.complete() || names.stream().anyMatch(name::equalsIgnoreCase)
                ? error(there)
                : unsupported("column " + name + ", only " + String.join(", ", names));
    }

    private void operator(String name) {
        switch (name) {
            case "where", "filter" -> result = result.with(result.rows().filter(HuntingCondition.read(words, result)));
            case "project" -> project();
            case "extend" -> extend();
            case "distinct" -> distinct();
            case "summarize" -> result = HuntingSummary.read(words, result).result();
            case "take", "limit" -> result = result.with(result.rows().limit(words.count()));
            case "sort", "order" -> sort();
            case "top" -> top();
            case "count" -> count();
            default -> throw unsupported("operator '" + name + "'");
        }
    }

    private void project() {
        List<Computed> kept = new ArrayList<>();
        do {
            String name = words.name("a column");
            if (kept.stream().anyMatch(other -> other.column().name().equals(name))) {
                throw unsupported("column " + name + " twice");
            }
            kept.add(words.take("=") ? computed(name) : own(name));
        } while (words.take(","));
        result = new HuntingResult(
                kept.stream().map(Computed::column).toList(), result.rows().map(row -> computed(row, kept)));
    }

    private void extend() {
        do {
            String name = words.name("a column");
            words.expect("=");
            Computed more = computed(name);
            List<HuntingColumn> columns = new ArrayList<>(result.columns());
            columns.removeIf(column -> column.name().equals(name));
            List<Computed> all = new ArrayList<>();
            columns.forEach(column -> all.add(own(column.name())));
            all.add(more);
            columns.add(more.column());
            result = new HuntingResult(columns, result.rows().map(row -> computed(row, all)), result.complete());
        } while (words.take(","));
    }

    private Computed own(String name) {
        HuntingColumn column = column(result, name);
        return new Computed(column, row -> row.get(name));
    }

    /** Returns a column under another name, or a literal. */
    private Computed computed(String name) {
        HuntingColumn same = result.column(words.peek().text());
        if (same != null && words.peek().kind() == HuntingToken.Kind.NAME) {
            words.take();
            return new Computed(new HuntingColumn(name, same.type()), row -> row.get(same.name()));
        }
        Object literal = words.literal();
        return new Computed(new HuntingColumn(name, type(literal)), row -> literal);
    }

    private static HuntingColumn.Type type(Object literal) {
        if (literal instanceof Instant) {
            return HuntingColumn.Type.TIME;
        } else if (literal instanceof Boolean) {
            return HuntingColumn.Type.BOOLEAN;
        } else if (literal instanceof BigDecimal number) {
            return number.scale() > 0 ? HuntingColumn.Type.REAL : HuntingColumn.Type.LONG;
        }
        return HuntingColumn.Type.TEXT;
    }

    private static Row computed(Row row, List<Computed> columns) {
        Entity entity = new Entity();
        columns.forEach(
                column -> entity.with(column.column().name(), column.value().apply(row)));
        return entity;
    }

    private void distinct() {
        if (words.take("*")) {
            result = HuntingSummary.distinct(result, result.columns());
            return;
        }
        List<HuntingColumn> columns = new ArrayList<>();
        do {
            columns.add(column(result, words.name("a column")));
        } while (words.take(","));
        result = HuntingSummary.distinct(result, columns);
    }

    private void sort() {
        if (!words.take("by")) {
            throw error("expected by, found '" + words.peek().text() + "'");
        }
        Comparator<Row> order = key();
        while (words.take(",")) {
            order = order.thenComparing(key());
        }
        result = result.with(result.rows().sorted(order));
    }

    private void top() {
        int count = words.count();
        words.expect("by");
        result = result.with(result.rows().sorted(key()).limit(count));
    }

    /** Reads a sort key: descending by default; null is less than any value. */
    private Comparator<Row> key() {
        String column = column(result, words.name("a column")).name();
        Comparator<Row> ascending = (left, right) -> {
            Object first = left.get(column);
            Object second = right.get(column);
            if (first == null || second == null) {
                return Boolean.compare(first != null, second != null);
            }
            return HuntingCondition.compare(first, second);
        };
        if (words.take("asc")) {
            return ascending;
        }
        words.take("desc");
        return ascending.reversed();
    }

    private void count() {
        HuntingColumn column = HuntingColumn.number("Count");
        Stream<Row> rows = result.rows();
        // Counted when the row is read, like everything else.
        result = new HuntingResult(
                List.of(column), Stream.of(rows).map(all -> new Entity().with(column.name(), all.count())));
    }
}
