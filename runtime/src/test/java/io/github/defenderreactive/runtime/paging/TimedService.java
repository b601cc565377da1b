package io.github.defenderreactive.runtime.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A live collection that filters by time and cuts its pages, as the real one does: a link says that there is more. */
final class TimedService implements Function<TransportRequest, Answer> {

    /** How rows are sorted. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST,
        /** Anew with every call. */
        NONE
    }

    private static final Pattern BOUND = Pattern.compile("at (ge|lt) (\\S+)");

    final List<TimedRow> rows = new ArrayList<>();
    final List<String> filters = new ArrayList<>();
    private final Order order;
    private final int pageSize;
    private final Random random = new Random(7);
    private boolean linking = true;
    private Runnable beforeEach = () -> {};

    TimedService(Order order, int pageSize) {
        this.order = order;
        this.pageSize = pageSize;
    }

    /** One row on each tick. */
    TimedService filled(int count) {
        for (int i = 0; i < count; i++) {
            rows.add(TimedRow.of("r" + i, i));
        }
        return this;
    }

    TimedService withoutLinks() {
        linking = false;
        return this;
    }

    TimedService beforeEach(Runnable change) {
        beforeEach = change;
        return this;
    }

    @Override
    public Answer apply(TransportRequest request) {
        beforeEach.run();
        String query = URLDecoder.decode(request.uri().getRawQuery(), StandardCharsets.UTF_8);
        assertThat(query).startsWith("$filter=").doesNotContain("$top", "$skip", "$orderby");
        String filter = query.substring("$filter=".length());
        filters.add(filter);
        TimeWindow window = window(filter);
        List<TimedRow> inside = new ArrayList<>(
                rows.stream().filter(row -> window.holds(row.tick())).toList());
        sort(inside);
        boolean more = inside.size() > pageSize;
        return page(
                more ? inside.subList(0, pageSize) : inside, more && linking ? "/api/rows?$skip=" + pageSize : null);
    }

    private void sort(List<TimedRow> inside) {
        Comparator<TimedRow> byTime = Comparator.comparingLong(TimedRow::tick);
        switch (order) {
            case NEWEST_FIRST -> inside.sort(byTime.reversed());
            case OLDEST_FIRST -> inside.sort(byTime);
            case NONE -> java.util.Collections.shuffle(inside, random);
        }
    }

    /** The window that a request asks for. */
    static TimeWindow window(TransportRequest request) {
        return window(URLDecoder.decode(request.uri().getRawQuery(), StandardCharsets.UTF_8));
    }

    private static TimeWindow window(String filter) {
        long from = TimeWindow.OPEN;
        long to = Long.MAX_VALUE;
        Matcher bound = BOUND.matcher(filter);
        while (bound.find()) {
            long tick = TimeWindow.tick(Instant.parse(bound.group(2)));
            if (bound.group(1).equals("ge")) {
                from = tick;
            } else {
                to = tick;
            }
        }
        return new TimeWindow(from, to);
    }

    static Answer page(List<TimedRow> rows, String link) {
        return Answer.ok("{\"value\":[" + rows.stream().map(TimedRow::json).collect(Collectors.joining(",")) + "]"
                + (link == null ? "" : ",\"@odata.nextLink\":\"" + link + "\"") + "}");
    }
}
