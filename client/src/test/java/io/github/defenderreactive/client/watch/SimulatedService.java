package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Answers calls for pages, which are cut from the list as it is when they are asked for; or fails them. */
final class SimulatedService {

    /**
     * An answer.
     *
     * @param rows those that arrived
     * @param next where the next page begins, or {@link #NO_MORE}
     * @param failure how it ends behind the rows, or null
     * @param date the service's time in its head, or null when no head arrived
     */
    record Answer(
            List<SimulatedTenant.Row> rows,
            int next,
            @Nullable DefenderException failure,
            @Nullable Instant date) {

        boolean more() {
            return next != NO_MORE;
        }
    }

    private static final int NO_MORE = -1;

    private static final ErrorContext CONTEXT = ErrorContext.of("listAlerts");

    private final VirtualTimeScheduler time;
    private final SimulatedTenant tenant;
    private final SimulatedAuthority authority;
    private final RandomGenerator calls;
    private final Happenings happened;
    private final SimulatedOddities oddities;
    private final int pageSize;
    private double faultRate;
    private long throttlingUntil;

    /**
     * Plans the bad minutes.
     *
     * @param history draws what is the same for every reader
     * @param calls draws what depends on the calls
     * @param busy in which time calls fail
     * @param oddities what else is wrong with the answers
     */
    SimulatedService(
            VirtualTimeScheduler time,
            SimulatedTenant tenant,
            SimulatedAuthority authority,
            RandomGenerator history,
            RandomGenerator calls,
            Duration busy,
            SimulatedOddities oddities,
            Happenings happened) {
        this.time = time;
        this.tenant = tenant;
        this.authority = authority;
        this.calls = calls;
        this.happened = happened;
        this.oddities = oddities;
        this.pageSize = history.nextInt(4, 12);
        this.faultRate = history.nextInt(3) * 0.08;
        for (int i = history.nextInt(3); i > 0; i--) {
            long length = history.nextLong(60_000, Duration.ofMinutes(10).toMillis());
            time.schedule(
                    () -> throttlingUntil = Math.max(throttlingUntil, millis() + length),
                    history.nextLong(busy.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
        time.schedule(() -> faultRate = 0, busy.toMillis(), TimeUnit.MILLISECONDS);
    }

    int pageSize() {
        return pageSize;
    }

    private long millis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    Answer answer(SimulatedTenant.Query query, int skip, AccessToken token) {
        if (!authority.accepts(token)) {
            return failed(new AuthenticationException("the token is not valid", CONTEXT, null));
        }
        if (millis() < throttlingUntil) {
            happened.add(Happening.REFUSED_FOR_MINUTES);
            long left = (throttlingUntil - millis()) / 1000 + 1;
            // Half of the time it asks for less than it takes.
            return failed(throttled(calls.nextBoolean() ? left : calls.nextLong(left) + 1));
        }
        List<SimulatedTenant.Row> rows = tenant.rows(query);
        int end = Math.min(rows.size(), skip + pageSize);
        List<SimulatedTenant.Row> page =
                oddities.page(skip >= end ? List.of() : rows.subList(skip, end), tenant, query);
        if (calls.nextDouble() < faultRate) {
            return fault(page);
        }
        return new Answer(page, end < rows.size() ? end : NO_MORE, null, date());
    }

    private @Nullable Instant date() {
        return oddities.date(tenant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private Answer fault(List<SimulatedTenant.Row> page) {
        switch (calls.nextInt(6)) {
            case 0:
                happened.add(Happening.REFUSED_ONCE);
                return failed(throttled(calls.nextLong(1, 90)));
            case 1:
                happened.add(Happening.UNWELL);
                return failed(new ServiceException("unwell", null, CONTEXT));
            case 2:
                happened.add(Happening.RESET);
                return new Answer(List.of(), NO_MORE, new ConnectionException("reset", true, CONTEXT, null), null);
            case 3, 4:
                return truncated(
                        page,
                        Happening.TRUNCATED_CONNECTION,
                        new ConnectionException("reset in the body", true, CONTEXT, null));
            default:
                return truncated(
                        page,
                        Happening.TRUNCATED_JSON,
                        new DecodeException("the answer is cut short", "$.value", 17, CONTEXT, null));
        }
    }

    /** Up to all of the rows arrive, and then the end of the page does not. */
    private Answer truncated(List<SimulatedTenant.Row> page, Happening how, DefenderException failure) {
        int sent = calls.nextInt(page.size() + 1);
        if (sent > 0) {
            happened.add(how);
        }
        return new Answer(page.subList(0, sent), NO_MORE, failure, date());
    }

    private Answer failed(DefenderException failure) {
        return new Answer(List.of(), NO_MORE, failure, date());
    }

    private static ThrottledException throttled(long seconds) {
        return new ThrottledException("slow down", Duration.ofSeconds(seconds), CONTEXT);
    }
}
