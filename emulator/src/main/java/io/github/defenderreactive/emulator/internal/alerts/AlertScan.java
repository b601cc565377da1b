package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that pass a filter, newest first, computed one after the other.
 *
 * <p>Spans over the times narrow the walk to a stretch of indices; a filter that is nothing but a span over the
 * creation is not evaluated at all, so that skipping within it costs nothing.
 */
public final class AlertScan implements Iterator<Row> {

    /**
     * The form of an alert in an API: the names of the times that narrow a search, and the row that filters test.
     *
     * @param lastEvent null if the API does not filter by it
     */
    public record Form(
            String created, String updated, @Nullable String lastEvent, Function<AlertRow, Row> view) {
        static final Form DEFENDER_ENDPOINT =
                new Form("alertCreationTime", "lastUpdateTime", "lastEventTime", row -> row);
    }

    private final Alerts alerts;
    private final Form form;
    private final @Nullable FilterExpression filter;
    private final boolean expanded;
    private final boolean exact;
    private final long oldest;
    private final List<AlertRow> strays;
    private long index;
    private int stray;
    private @Nullable AlertRow next;

    AlertScan(Alerts alerts, @Nullable FilterExpression filter, long skip, boolean expanded) {
        this(alerts, filter, skip, expanded, Form.DEFENDER_ENDPOINT);
    }

    public AlertScan(Alerts alerts, @Nullable FilterExpression filter, long skip, boolean expanded, Form form) {
        this.alerts = alerts;
        this.form = form;
        this.filter = filter;
        this.expanded = expanded;
        this.exact = filter == null || filter.isSpanOf(form.created());
        long first = 0;
        long last = alerts.size() - 1;
        if (filter != null && filter.equalTo("id") instanceof String id) {
            AlertRow only = alerts.find(id);
            boolean generated = only != null && only.index() < alerts.size();
            first = generated && only != null ? only.index() : 0;
            last = generated ? first : -1;
        } else if (filter != null) {
            FilterExpression.Span created =
                    filter.span(form.created()).and(widened(filter.span(form.updated()), AlertRow.LONGEST_LAG, 0));
            if (form.lastEvent() != null) {
                created = created.and(widened(filter.span(form.lastEvent()), 0, AlertRow.LONGEST_LAG));
            }
            first = alerts.firstNotBefore(created.first());
            last = created.last() == Long.MAX_VALUE ? last : alerts.firstNotBefore(created.last() + 1) - 1;
        }
        this.oldest = first;
        this.index = last;
        long newestInside = last;
        this.strays = alerts.changedIndices().stream()
                .filter(changed -> changed >= alerts.size() || changed < oldest || changed > newestInside)
                .map(changed -> alerts.row(changed, expanded))
                .filter(row -> filter == null || filter.test(form.view().apply(row)))
                .sorted(Comparator.comparingLong(AlertRow::created).reversed())
                .toList();
        skip(skip);
    }

    private static FilterExpression.Span widened(FilterExpression.Span span, long before, long after) {
        return new FilterExpression.Span(
                span.first() == Long.MIN_VALUE ? span.first() : span.first() - before,
                span.last() == Long.MAX_VALUE ? span.last() : span.last() + after);
    }

    private void skip(long count) {
        long left = count;
        if (exact && strays.isEmpty() && !alerts.anyRemoved()) {
            index -= Math.min(left, index - oldest + 1);
            left = 0;
        }
        while (left > 0 && hasNext()) {
            next();
            left--;
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            boolean inside = index >= oldest;
            if (stray < strays.size() && (!inside || strays.get(stray).created() > alerts.created(index))) {
                next = strays.get(stray++);
            } else if (inside) {
                long place = index--;
                AlertRow row = alerts.row(place, expanded);
                if (alerts.has(place)
                        && (exact || filter == null || filter.test(form.view().apply(row)))) {
                    next = row;
                }
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        AlertRow row = next;
        next = null;
        return form.view().apply(row);
    }
}
