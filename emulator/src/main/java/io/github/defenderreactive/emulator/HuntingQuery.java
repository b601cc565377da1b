package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hunting query: a table, and operators that each turn the rows so far into others. Of the query language that is
 * {@code where}, {@code project}, {@code take} or {@code limit}, {@code sort} or {@code order}, {@code top} and
 * {@code count}; anything else is refused by name.
 */
final class HuntingQuery {

    private final HuntingWords words;
    private HuntingResult result;

    private HuntingQuery(HuntingWords words, HuntingResult table) {
        this.words = words;
        this.result = table;
    }

    /**
     * Runs a query.
     *
     * @throws Problem 400 naming what is wrong
     */
    static HuntingResult run(String text, HuntingTables tables, Instant now) {
        HuntingWords words = new HuntingWords(text, now);
        HuntingQuery query = new HuntingQuery(words, tables.table(words.name("a table")));
        while (words.take("|")) {
            query.operator(words.name("an operator"));
        }
        words.take(";");
        if (!words.atEnd()) {
            throw error("unexpected '" + words.peek().text() + "'");
        }
        return query.result;
    }

    static Problem error(String message) {
        return new Problem(400, "BadRequest", "Query: " + message);
    }

    static HuntingColumn column(HuntingResult table, String name) {
        HuntingColumn column = table.column(name);
        if (column == null) {
            throw error("no column named " + name + "; there are "
                    + String.join(
                            ", ",
                            table.columns().stream().map(HuntingColumn::name).toList()));
        }
        return column;
    }

    private void operator(String name) {
        switch (name) {
            case "where", "filter" -> result = result.with(result.rows().filter(HuntingCondition.read(words, result)));
            case "project" -> project();
            case "take", "limit" -> result = result.with(result.rows().limit(words.count()));
            case "sort", "order" -> sort();
            case "top" -> top();
            case "count" -> count();
            default -> throw error("unknown or unsupported operator '" + name + "'");
        }
    }

    private void project() {
        List<HuntingColumn> kept = new ArrayList<>();
        do {
            HuntingColumn column = column(result, words.name("a column"));
            if (kept.contains(column)) {
                throw error("column " + column.name() + " is projected twice");
            }
            kept.add(column);
        } while (words.take(","));
        result = new HuntingResult(List.copyOf(kept), result.rows());
    }

    private void sort() {
        words.expect("by");
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

    /** Greatest first unless the query says otherwise; nothing is less than anything. */
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
