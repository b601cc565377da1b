package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that have an entity as evidence, and the devices of these alerts.
 *
 * <p>The evidence of an alert follows from its hash alone, so an entity is found by testing one number for each alert.
 * A million of them take some milliseconds.
 */
public final class Sightings {

    /**
     * The figures of the statistics of an entity.
     *
     * @param devices number of devices it was seen on
     * @param first first time, in whole seconds; null if it was not seen
     */
    public record Seen(
            int devices, @Nullable Instant first, @Nullable Instant last) {}

    private final Alerts alerts;

    Sightings(Alerts alerts) {
        this.alerts = alerts;
    }

    /**
     * Returns every alert whose hash passes, computed as it is read: the added ones, then the generated ones, newest
     * first.
     */
    public Stream<AlertRow> alerts(LongPredicate evidence) {
        return alerts(evidence, FilterExpression.Span.ALL);
    }

    /** Returns the alerts created within a span of ticks. */
    Stream<AlertRow> alerts(LongPredicate evidence, FilterExpression.Span created) {
        long first = alerts.firstNotBefore(created.first());
        long end = created.last() == Long.MAX_VALUE ? alerts.size() : alerts.firstNotBefore(created.last() + 1);
        Stream<AlertRow> added = alerts.changedIndices().stream()
                .filter(index -> index >= alerts.size() && evidence.test(alerts.hash(index)))
                .map(index -> alerts.row(index, false))
                .filter(row -> row.created() >= created.first() && row.created() <= created.last())
                .sorted(Comparator.comparingLong(AlertRow::created).reversed());
        Stream<AlertRow> generated = LongStream.rangeClosed(1, end - first)
                .map(place -> end - place)
                .filter(index -> evidence.test(alerts.hash(index)) && alerts.has(index))
                .mapToObj(index -> alerts.row(index, false));
        return Stream.concat(added, generated);
    }

    /** Returns the devices of the alerts, each once. */
    public IntStream devices(LongPredicate evidence) {
        return alerts(evidence).mapToInt(AlertRow::device).distinct();
    }

    public Seen seen(LongPredicate evidence, Instant since) {
        List<AlertRow> rows = alerts(evidence, new FilterExpression.Span(Ticks.ceiling(since), Long.MAX_VALUE))
                .toList();
        if (rows.isEmpty()) {
            return new Seen(0, null, null);
        }
        Set<Integer> devices = new HashSet<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (AlertRow row : rows) {
            devices.add(row.device());
            first = Math.min(first, row.firstEvent());
            last = Math.max(last, row.lastEvent());
        }
        return new Seen(devices.size(), second(first), second(last));
    }

    private static Instant second(long ticks) {
        return Instant.ofEpochSecond(Math.floorDiv(ticks, Ticks.SECOND));
    }
}
