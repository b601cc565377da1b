package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of the tenant. Three successive alerts form an incident, unless a test gave another one. It is computed
 * when it is read; only the changes of analysts are stored.
 */
public final class Incidents {

    /**
     * The form of an incident in an API: the names of the times that narrow a search, and the row that filters test.
     */
    public record Form(String created, String updated, Function<Incident, View<Incident>> view) {}

    private static final long FIRST = 1000;
    private static final int SIZE = 3;

    /** Number of the first incident that an analyst creates, beyond those of all generated alerts. */
    private static final long FIRST_CREATED = 1_000_000_000;

    private final Alerts alerts;
    private final ConcurrentMap<Long, Map<String, @Nullable Object>> changes = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, List<AlertRow>> merged = new ConcurrentHashMap<>();
    private final Set<Long> removed = ConcurrentHashMap.newKeySet();
    private final AtomicLong created = new AtomicLong(FIRST_CREATED);

    Incidents(Alerts alerts) {
        this.alerts = alerts;
    }

    /** Returns the incident that an alert belongs to by its place in time. */
    static long number(long alertIndex) {
        return FIRST + alertIndex / SIZE;
    }

    /** Returns an incident by its number; null if no alert belongs to it. */
    public @Nullable Incident find(long number) {
        if (removed.contains(number)) {
            return null;
        }
        long begin = (number - FIRST) * SIZE;
        LongStream own = number < FIRST ? LongStream.empty() : LongStream.range(begin, begin + SIZE);
        LongStream moved = alerts.changedIndices().stream()
                .mapToLong(Long::longValue)
                .filter(index -> index < begin || index >= begin + SIZE);
        List<AlertRow> rows = LongStream.concat(own, moved)
                .filter(alerts::has)
                .mapToObj(index -> alerts.row(index, true))
                .filter(row -> numberOf(row) == number)
                .sorted(Comparator.comparingLong(AlertRow::created))
                .toList();
        List<AlertRow> shown = rows.isEmpty() ? merged.getOrDefault(number, List.of()) : rows;
        return shown.isEmpty() ? null : new Incident(number, shown, changes.get(number));
    }

    /** Returns the number for a new incident, which exists when an alert is moved to it. */
    public long newNumber() {
        return created.getAndIncrement();
    }

    /** Removes an incident. Its alerts stay. */
    public void remove(long number) {
        removed.add(number);
    }

    public Alerts alerts() {
        return alerts;
    }

    /** Moves an alert to an incident. */
    public void move(AlertRow alert, long number, Instant time) {
        alerts.change(alert.index(), changes -> {
            changes.put(AlertMember.INCIDENT.json(), number);
            changes.put(AlertMember.UPDATED.json(), time);
            return changes;
        });
    }

    /** Moves the alerts of an incident to another one, to which it redirects then. */
    public void merge(Incident source, long target, Instant time) {
        merged.put(source.number(), source.alerts());
        source.alerts().forEach(alert -> move(alert, target, time));
        change(source.number(), time, changes -> {
            changes.put("redirectIncidentId", target);
            return changes;
        });
    }

    private static long numberOf(AlertRow row) {
        return row.value(AlertMember.INCIDENT) instanceof Number number ? number.longValue() : -1;
    }

    /** Replaces the changed members of an incident by the result of the operator. */
    public void change(long number, Instant time, UnaryOperator<Map<String, @Nullable Object>> operator) {
        changes.compute(number, (key, old) -> {
            Map<String, @Nullable Object> copy = old == null ? new LinkedHashMap<>() : new LinkedHashMap<>(old);
            copy.put("lastUpdateTime", time);
            return operator.apply(copy);
        });
    }

    /** Returns the incidents that pass a filter, the newest first, computed one after the other. */
    public Iterator<View<Incident>> scan(@Nullable FilterExpression filter, long skip, Form form) {
        long first = FIRST;
        long last = alerts.size() == 0 ? FIRST - 1 : number(alerts.size() - 1);
        if (filter != null) {
            FilterExpression.Span created = filter.span(form.created());
            FilterExpression.Span updated = filter.span(form.updated());
            // An incident is created with its first alert and updated no later than the longest lag after its last
            // one.
            first = Math.max(first, earliest(created.first(), 0));
            first = Math.max(first, earliest(updated.first(), AlertRow.LONGEST_LAG));
            last = Math.min(last, latest(created.last()));
            last = Math.min(last, latest(updated.last()));
        }
        long oldest = first;
        long newest = last;
        NavigableSet<Long> strays = changedNumbers(number -> number < oldest || number > newest);
        Stream<Long> numbers = Stream.of(
                        strays.descendingSet().stream().filter(number -> number > newest),
                        LongStream.rangeClosed(0, newest - oldest).mapToObj(place -> newest - place),
                        strays.descendingSet().stream().filter(number -> number < oldest && number <= newest))
                .flatMap(part -> part);
        return numbers.flatMap(number -> Stream.ofNullable(find(number)))
                .map(form.view())
                .filter(view -> filter == null || filter.test(view))
                .skip(skip)
                .iterator();
    }

    private long earliest(long ticks, long lag) {
        return ticks == Long.MIN_VALUE ? FIRST : number(alerts.firstNotBefore(ticks - lag));
    }

    private long latest(long ticks) {
        return ticks == Long.MAX_VALUE ? Long.MAX_VALUE : number(alerts.firstNotBefore(ticks + 1));
    }

    /** Returns the numbers of incidents that are not as they were generated. */
    private NavigableSet<Long> changedNumbers(LongPredicate wanted) {
        NavigableSet<Long> numbers = new TreeSet<>();
        Stream.concat(
                        changes.keySet().stream(),
                        alerts.changedIndices().stream()
                                .flatMap(index -> Stream.of(number(index), numberOf(alerts.row(index, false)))))
                .filter(wanted::test)
                .forEach(numbers::add);
        return numbers;
    }
}
