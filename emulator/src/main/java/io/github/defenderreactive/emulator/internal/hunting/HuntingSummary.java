package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of {@code summarize}: one row for each group, with the aggregates of the group. */
final class HuntingSummary {

    /** An aggregate of a group. */
    private record Figure(HuntingColumn column, Function<List<Row>, @Nullable Object> value) {}

    private final HuntingLexer words;
    private final HuntingResult table;
    private final List<Figure> figures = new ArrayList<>();
    private final List<HuntingColumn> groups = new ArrayList<>();

    private HuntingSummary(HuntingLexer words, HuntingResult table) {
        this.words = words;
        this.table = table;
    }

    static HuntingSummary read(HuntingLexer words, HuntingResult table) {
        HuntingSummary summary = new HuntingSummary(words, table);
        if (!words.take("by")) {
            do {
                summary.figure();
            } while (words.take(","));
            if (!words.take("by")) {
                return summary;
            }
        }
        do {
            summary.groups.add(HuntingQuery.column(table, words.name("a column")));
        } while (words.take(","));
        return summary;
    }

    private void figure() {
        String name = words.name("a figure such as count()");
        boolean named = words.take("=");
        String function = named ? words.name("a figure such as count()") : name;
        words.expect("(");
        HuntingColumn of = null;
        if (!function.equals("count")) {
            of = HuntingQuery.column(table, words.name("a column"));
        }
        words.expect(")");
        figures.add(figure(function, named ? name : null, of));
    }

    private static Figure figure(String function, @Nullable String alias, @Nullable HuntingColumn of) {
        String column = of == null ? "" : of.name();
        String name = alias == null ? function + "_" + column : alias;
        return switch (function) {
            case "count" -> new Figure(HuntingColumn.number(name), rows -> (long) rows.size());
            case "dcount" ->
                new Figure(
                        HuntingColumn.number(name),
                        rows -> values(rows, column).distinct().count());
            case "min" ->
                new Figure(
                        like(name, of),
                        rows -> values(rows, column)
                                .min(HuntingCondition::compare)
                                .orElse(null));
            case "max" ->
                new Figure(
                        like(name, of),
                        rows -> values(rows, column)
                                .max(HuntingCondition::compare)
                                .orElse(null));
            default -> throw HuntingQuery.unsupported("figure '" + function + "'");
        };
    }

    private static HuntingColumn like(String name, @Nullable HuntingColumn of) {
        return new HuntingColumn(name, Objects.requireNonNull(of).type());
    }

    private static Stream<Object> values(List<Row> rows, String column) {
        return rows.stream().flatMap(row -> Stream.ofNullable(row.get(column)));
    }

    /** Returns the rows of the summary, computed when the first of them is read. */
    HuntingResult result() {
        List<HuntingColumn> columns = new ArrayList<>(groups);
        figures.forEach(figure -> columns.add(figure.column()));
        Stream<Row> rows =
                Stream.of(table.rows()).flatMap(all -> grouped(all).stream().map(this::row));
        return new HuntingResult(columns, rows);
    }

    private List<List<Row>> grouped(Stream<Row> rows) {
        Map<List<@Nullable Object>, List<Row>> all = new LinkedHashMap<>();
        if (groups.isEmpty()) {
            all.put(List.of(), new ArrayList<>());
        }
        rows.forEach(row ->
                all.computeIfAbsent(key(row, groups), key -> new ArrayList<>()).add(row));
        return List.copyOf(all.values());
    }

    private Row row(List<Row> group) {
        Entity row = new Entity();
        groups.forEach(column -> row.with(column.name(), group.get(0).get(column.name())));
        figures.forEach(
                figure -> row.with(figure.column().name(), figure.value().apply(group)));
        return row;
    }

    private static List<@Nullable Object> key(Row row, List<HuntingColumn> columns) {
        List<@Nullable Object> key = new ArrayList<>();
        columns.forEach(column -> key.add(row.get(column.name())));
        return key;
    }

    /** Returns the rows of some columns, each once. */
    static HuntingResult distinct(HuntingResult table, List<HuntingColumn> columns) {
        Stream<Row> rows = table.rows().map(row -> key(row, columns)).distinct().map(key -> {
            Entity row = new Entity();
            for (int i = 0; i < columns.size(); i++) {
                row.with(columns.get(i).name(), key.get(i));
            }
            return row;
        });
        return new HuntingResult(columns, rows);
    }
}
