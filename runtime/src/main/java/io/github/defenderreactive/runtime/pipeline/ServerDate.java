package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.transport.HttpDate;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The service's own time, for who must not trust the local clock. A stream has no place for headers, so the time goes to
 * an observer in the subscriber's context.
 *
 * @since 0.1.0
 */
public final class ServerDate {

    private ServerDate() {}

    /**
     * For {@code contextWrite}: tells the {@code Date} of every answer of the calls above it.
     *
     * @param observer told once per answer that has a date, on the connection's thread; must not block or throw
     * @return what adds the observer to a context
     */
    public static Function<Context, Context> observedBy(Consumer<Instant> observer) {
        Objects.requireNonNull(observer, "observer");
        return context -> context.put(ServerDate.class, observer);
    }

    static void tell(ContextView context, ResponseHead head, Clock clock) {
        Consumer<Instant> observer = context.getOrDefault(ServerDate.class, null);
        Instant date = observer == null ? null : HttpDate.parse(head.header("Date"), clock.instant());
        if (observer != null && date != null) {
            observer.accept(date);
        }
    }
}
