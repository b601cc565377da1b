package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Hunting queries over the raw data of the last 30 days, through Microsoft Graph unless {@link #over} selects another
 * API. Returned by {@code DefenderClient.hunting()}.
 *
 * <p>Every publisher is cold: each subscription runs the query. Rows are decoded and emitted while the response
 * arrives, on demand: without demand the connection is not read, and memory holds a few rows, not the response. Cancel
 * ends the call; the service may continue to run the query. A subscriber that blocks needs {@code publishOn}.
 *
 * <p>A query is retried until its first row. A connection that is lost later ends the query with its error, because the
 * service does not return the rows in the same order twice; {@link #windows} continues after it. A response has at most
 * 100,000 rows and 50 MB. {@link HuntingLimit#of} tells the errors of limits from those of wrong queries, which are
 * {@link BadRequestException}. When the quota of the tenant for calls or for processor time is used up, the error is a
 * {@link ThrottledException} with {@code retryAfter()}, unless the wait is short enough for the rate limiter.
 *
 * <p>Permissions and quotas are those of {@code runHuntingQuery} of Microsoft Graph ({@code ThreatHunting.Read.All}),
 * {@code runAdvancedHunting} of Defender XDR ({@code AdvancedHunting.Read.All}) and {@code runAdvancedQuery} of
 * Defender for Endpoint ({@code AdvancedQuery.Read.All}).
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Hunting {

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Function<? super Call<?>, Pipeline> pipelines;
    private final HuntingBackend backend;

    /**
     * Creates hunting through Microsoft Graph.
     *
     * @param pipelines returns the pipeline of the API that a call belongs to
     */
    public Hunting(Function<? super Call<?>, Pipeline> pipelines) {
        this(pipelines, HuntingBackend.GRAPH);
    }

    private Hunting(Function<? super Call<?>, Pipeline> pipelines, HuntingBackend backend) {
        this.pipelines = Objects.requireNonNull(pipelines, "pipelines");
        this.backend = Objects.requireNonNull(backend, "backend");
    }

    /**
     * Returns hunting through another API.
     *
     * @param other the API
     * @return the same calls through this API
     */
    public Hunting over(HuntingBackend other) {
        return new Hunting(pipelines, other);
    }

    /**
     * Runs a query.
     *
     * @param query the query, with a value for each placeholder
     * @return the rows, in the order of the service; completes after the last one. Ends with
     *     {@link PossibleTruncationException} after 100,000 rows, because a response cannot have more, with
     *     {@link BadRequestException} if the query is wrong or reaches another limit, and with the other
     *     {@link DefenderException}s
     * @throws IllegalArgumentException if a value was not bound to every placeholder, or the query has a period and the API cannot
     *     limit it
     */
    public Flux<HuntingRow> query(HuntingQuery query) {
        backend.requireSupported(query.timespan());
        return rows(query.text(), query.timespan(), columns -> {});
    }

    /**
     * Runs a query whose rows become records. Each component of the record is the column of the same name, in any
     * letter case; further columns are ignored, and {@code project} renames columns. The types are {@link String} and
     * {@link JsonValue} for any column, {@link Instant} for a {@code datetime}, {@link Duration} for a
     * {@code timespan}, {@code long} and {@code int} for an integer, {@code double} and {@link BigDecimal} for a
     * number, and {@code boolean} for a boolean. A missing value is null, so a component for it is an object, such as
     * {@link Long}.
     *
     * @param query the query, with a value for each placeholder
     * @param type the class of the record
     * @param <R> the record
     * @return the records, as for {@link #query(HuntingQuery)}. Ends with {@link HuntingMappingException} before the
     *     first record if a component has no column or one of another type, even if there is no row, and at a row whose
     *     values do not fit
     * @throws IllegalArgumentException if the class is not a record or has a component of another type, and as for
     *     {@link #query(HuntingQuery)}
     */
    public <R extends Record> Flux<R> query(HuntingQuery query, Class<R> type) {
        backend.requireSupported(query.timespan());
        RecordShape.of(type);
        return rows(query.text(), query.timespan(), columns -> columns.mapping(type))
                .map(row -> row.as(type));
    }

    /**
     * Reads a range of time completely. The range is read by one query; whenever a query reaches a limit of rows, size,
     * time or resources, its range is split into halves, which are read one after the other. No row is emitted twice,
     * and a lost connection does not end the read: a window that has to be read again is compared with the rows that it
     * has emitted, whose hashes are kept in memory, at most 100,000.
     *
     * <p>A filter by the time column is added at the end of the query, so the column must be in its result. The query
     * must select rows one by one: {@code summarize}, {@code top}, {@code take} and {@code count} would apply to each
     * window. A query over a changing range, as with {@code ago()}, may miss rows of windows that are read again.
     *
     * @param query the query, with a value for each placeholder
     * @param timeColumn name of a {@code datetime} column, such as {@code Timestamp}
     * @param from the first time
     * @param to the first time after the range
     * @return the rows, window after window in the order of time, within a window in the order of the service. Ends
     *     with the error of a limit if windows of 1 min reach one of time or resources, or windows of 1 ms one of rows
     *     or size; with {@link ThrottledException} if the quota is used up; with the other errors of
     *     {@link #query(HuntingQuery)}
     * @throws IllegalArgumentException if the column is not a name, or {@code to} is not after {@code from}, and as for
     *     {@link #query(HuntingQuery)}
     */
    public Flux<HuntingRow> windows(HuntingQuery query, String timeColumn, Instant from, Instant to) {
        return windows(query, timeColumn, from, to, report -> {});
    }

    /**
     * Reads a range of time completely, and reports its figures.
     *
     * @param query the query, with a value for each placeholder
     * @param timeColumn name of a {@code datetime} column, such as {@code Timestamp}
     * @param from the first time
     * @param to the first time after the range
     * @param report called once for each subscription, before it completes or fails, or when it is cancelled; must not
     *     block
     * @return the rows, as for {@link #windows(HuntingQuery, String, Instant, Instant)}
     * @throws IllegalArgumentException as for {@link #windows(HuntingQuery, String, Instant, Instant)}
     */
    public Flux<HuntingRow> windows(
            HuntingQuery query, String timeColumn, Instant from, Instant to, Consumer<? super HuntingReport> report) {
        Objects.requireNonNull(report, "report");
        backend.requireSupported(query.timespan());
        if (!COLUMN.matcher(timeColumn).matches()) {
            throw new IllegalArgumentException(
                    "timeColumn must be a name of letters, digits and underscores, was '" + timeColumn + "'");
        }
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("to must be after from, " + from + ", was " + to);
        }
        String text = withoutEnd(query.text());
        KqlLiteral.time(from);
        KqlLiteral.time(to);
        return Flux.defer(() -> new WindowedRead(
                        TimeWindow.of(from, to),
                        (first, end) -> rows(
                                text + "\n| where " + timeColumn + " >= " + KqlLiteral.time(first) + " and "
                                        + timeColumn + " < " + KqlLiteral.time(end),
                                query.timespan(),
                                columns -> {}),
                        report)
                .rows());
    }

    /** Removes the semicolons that end a query. */
    private static String withoutEnd(String query) {
        String text = query.stripTrailing();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        return text;
    }

    /**
     * Returns the rows of a query.
     *
     * @param check called with the columns before the first row
     */
    private Flux<HuntingRow> rows(String query, @Nullable Duration timespan, Consumer<ResultColumns> check) {
        JsonDecoder<HuntingRow> decoder = JsonDecoder.itemsOf("results", members -> {
            ResultColumns columns = ResultColumns.of(members);
            if (columns != null) {
                check.accept(columns);
            }
            return in -> HuntingRow.read(columns, in);
        });
        Call<HuntingRow> call = backend.call(query, timespan, decoder);
        return pipelines.apply(call).paged(call).onErrorMap(PossibleTruncationException.class, this::full);
    }

    private PossibleTruncationException full(PossibleTruncationException error) {
        return new PossibleTruncationException(
                "The result has exactly " + backend.operation().paging().maxPageSize()
                        + " rows, the maximum of a response, so rows may be missing. Narrow the query, or read its range"
                        + " of time with windows()",
                error.context());
    }
}
