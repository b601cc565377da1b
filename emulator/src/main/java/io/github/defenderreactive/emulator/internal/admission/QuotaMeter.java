package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts calls per quota group, tenant and application in fixed windows of a minute and an hour. */
public final class QuotaMeter {

    private static final class Window {
        private final long length;
        private long start = Long.MIN_VALUE;
        private int calls;

        Window(Duration length) {
            this.length = length.toMillis();
        }

        /** Returns the milliseconds until a call is allowed; 0 for now. */
        long delay(long now, int allowed) {
            if (start == Long.MIN_VALUE || now - start >= length) {
                start = now;
                calls = 0;
            }
            return calls < allowed ? 0 : start + length - now;
        }
    }

    private record Key(String group, String application, int minutes) {}

    private final Clock clock;
    private final Map<Key, Window> windows = new HashMap<>();

    public QuotaMeter(Clock clock) {
        this.clock = clock;
    }

    /** Counts a call, or refuses it; a refused call counts in no window. */
    public synchronized void count(ApiOperation operation, String application) {
        long now = clock.millis();
        Window minute = window(operation, application, operation.perMinute(), 1, now);
        Window hour = window(operation, application, operation.perHour(), 60, now);
        if (minute != null) {
            minute.calls++;
        }
        if (hour != null) {
            hour.calls++;
        }
    }

    private @Nullable Window window(
            ApiOperation operation, String application, @Nullable Integer allowed, int minutes, long now) {
        if (allowed == null) {
            return null;
        }
        Window window = windows.computeIfAbsent(
                new Key(operation.quotaGroup(), application, minutes), key -> new Window(Duration.ofMinutes(minutes)));
        long delay = window.delay(now, allowed);
        if (delay > 0) {
            long seconds = (delay + 999) / 1000;
            throw new Problem(
                    429, "429", message(allowed, minutes, seconds), Map.of("Retry-After", Long.toString(seconds)));
        }
        return window;
    }

    public static String message(int allowed, int minutes, long seconds) {
        return "API calls quota exceeded! Maximum allowed " + allowed + " per "
                + (minutes == 60 ? "01:00:00" : "00:01:00")
                + " for the key Destination+TenantID+AppID. You can send requests again in " + seconds + " seconds.";
    }
}
