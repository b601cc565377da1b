package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Two hours of a tenant and of a process that reads it, and then a quiet time to catch up; all of it computed from the seed.
 * What happens in those hours does not depend on who reads; which single call fails does.
 */
final class SimulatedWorld {

    /** How late an alert becomes visible, apart from a quarter that is reported. */
    static final Duration DEEPEST = Duration.ofHours(1);

    static final Duration BUSY = Duration.ofHours(2);

    /** The latest alert of all becomes visible, and the deepest overlap is read again. */
    private static final Duration QUIET = DEEPEST.plus(DEEPEST.dividedBy(4)).plusMinutes(35);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Happenings happened = new Happenings();
    private final RandomGenerator calls;
    private final SimulatedTenant tenant;
    private final SimulatedAuthority authority;
    private final SimulatedService service;
    private final SimulatedOddities oddities;
    private final Duration every;
    private final long[] kills;
    private final long busyUntil;

    /**
     * Plans the two hours.
     *
     * @param odd whether single rows and dates are wrong, and the local clock may be
     */
    SimulatedWorld(long seed, SimulatedTenant.Lateness lateness, boolean odd) {
        SplittableRandom history = new SplittableRandom(seed);
        this.calls = history.split();
        time.advanceTimeBy(Duration.ofDays(10));
        this.busyUntil = millis() + BUSY.toMillis();
        this.tenant = new SimulatedTenant(time, history.split(), BUSY, DEEPEST, lateness);
        this.authority = new SimulatedAuthority(time, history, calls, BUSY);
        this.oddities = new SimulatedOddities(new SplittableRandom(~seed), happened, odd);
        this.service = new SimulatedService(time, tenant, authority, history, calls, BUSY, oddities, happened);
        this.every = Duration.ofSeconds(history.nextInt(20, 90));
        this.kills = history.longs(history.nextInt(5), 0, BUSY.toMillis()).toArray();
    }

    VirtualTimeScheduler time() {
        return time;
    }

    Happenings happened() {
        return happened;
    }

    SimulatedTenant tenant() {
        return tenant;
    }

    SimulatedOddities oddities() {
        return oddities;
    }

    int pageSize() {
        return service.pageSize();
    }

    /** From poll to poll. */
    Duration every() {
        return every;
    }

    /** Draws what depends on the reader. */
    RandomGenerator calls() {
        return calls;
    }

    /** What a new process calls the service with. */
    SimulatedClient client() {
        return new SimulatedClient(time, service, authority, calls, happened);
    }

    /** How long a consumer works on one alert; now and then for long. */
    Duration work() {
        boolean stalls = millis() < busyUntil && calls.nextInt(200) == 0;
        return Duration.ofMillis(stalls ? calls.nextLong(Duration.ofMinutes(20).toMillis()) : calls.nextLong(800));
    }

    /** Whether the process is killed right behind an alert, while acknowledgements are under way. */
    boolean killsAtWork() {
        return millis() < busyUntil && calls.nextInt(200) == 0;
    }

    void after(Duration delay, Runnable event) {
        time.schedule(event, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void run(Runnable begin, Runnable kill) {
        for (long at : kills) {
            after(Duration.ofMillis(at), kill);
        }
        begin.run();
        time.advanceTimeBy(BUSY.plus(QUIET));
    }

    /** A clock that never jumps. */
    long nanos() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    private long millis() {
        return time.now(TimeUnit.MILLISECONDS);
    }
}
