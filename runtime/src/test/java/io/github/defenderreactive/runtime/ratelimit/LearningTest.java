package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a refusal teaches, and what is foretold. */
class LearningTest {

    private static final Duration LONG = Duration.ofDays(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RateLimiter limiter =
            RateLimiter.builder().scheduler(time).maxWait(LONG).build();
    private final List<Duration> given = new ArrayList<>();
    private final List<Throwable> refused = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    private void acquire(Quota quota, int times, Duration patience) {
        for (int i = 0; i < times; i++) {
            limiter.permits()
                    .acquire(quota, Lane.BULK, patience)
                    .subscribe(null, refused::add, () -> given.add(Duration.ofNanos(time.now(TimeUnit.NANOSECONDS))));
        }
    }

    @Test
    void shouldKeepToWhatTheServiceAllowsForAnHourAndThenGrowBack() {
        Quota quota = new Quota("g", 100, 0);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(30, MINUTE));
        acquire(quota, 2000, LONG);

        assertThat(given).hasSize(30);
        time.advanceTimeBy(MINUTE.minusMillis(1));
        assertThat(given).hasSize(30);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(given).hasSize(60);
        time.advanceTimeBy(Duration.ofMinutes(58));
        assertThat(given).hasSize(30 * 60);
        time.advanceTimeBy(MINUTE);
        assertThat(given).hasSize(30 * 60 + 100);
    }

    @Test
    void shouldCountThePermitsGivenBeforeItLearned() {
        Quota quota = new Quota("g", 100, 0);
        acquire(quota, 50, LONG);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(30, MINUTE));
        acquire(quota, 1, LONG);

        assertThat(given).hasSize(50);
        time.advanceTimeBy(MINUTE);
        assertThat(given).hasSize(51);
    }

    @Test
    void shouldNotRefuseWhoWaitsLongEnoughForTheLearnedLimitToEnd() {
        Quota quota = new Quota("g", 0, 1500);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(1, Duration.ofHours(1)));
        time.advanceTimeBy(Duration.ofMinutes(55));
        acquire(quota, 2, Duration.ofMinutes(6));

        assertThat(given).hasSize(1);
        assertThat(refused).isEmpty();
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(given).hasSize(2);
    }

    @Test
    void shouldNameTheLearnedLimitWhenItRefuses() {
        Quota quota = new Quota("g", 100, 0);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(1, MINUTE));
        acquire(quota, 2, Duration.ofSeconds(10));

        assertThat(refused)
                .singleElement()
                .satisfies(error ->
                        assertThat(error).isInstanceOf(ThrottledException.class).hasMessageContaining("1 a minute"));
    }

    @ParameterizedTest
    @CsvSource({"200,PT1M", "5,PT2M"})
    void shouldLearnNeitherMoreThanIsDocumentedNorOtherWindows(int calls, Duration window) {
        Quota quota = new Quota("g", 100, 0);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(calls, window));
        acquire(quota, 150, LONG);

        assertThat(given).hasSize(100);
    }

    @Test
    void shouldLearnALimitThatIsNotDocumented() {
        Quota quota = new Quota("g", 10, 0);
        acquire(quota, 10, LONG);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(40, Duration.ofHours(1)));
        acquire(quota, 60, LONG);

        time.advanceTimeBy(Duration.ofMinutes(59));
        assertThat(given).hasSize(40);
        time.advanceTimeBy(MINUTE);
        assertThat(given).hasSize(50);
    }

    /** What was given longer ago than the minute's limit is not known, and what is not known is not held against a caller. */
    @Test
    void shouldNotTakeALaterPermitForOneOfAnHourAgoWhenItLearnsALargerLimit() {
        Quota quota = new Quota("g", 10, 0);
        for (int i = 0; i < 30; i++) {
            acquire(quota, 1, LONG);
            time.advanceTimeBy(Duration.ofMinutes(20));
        }
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(21, Duration.ofHours(1)));
        acquire(quota, 1, LONG);

        assertThat(given).hasSize(31);
        assertThat(limiter.forecast(quota, 9)).isZero();
    }

    @Test
    void shouldTakeTheLongestTimesThereAre() {
        Quota quota = new Quota("g", 10, 0);
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(1, Duration.ofSeconds(Long.MAX_VALUE)));
        acquire(quota, 2, LONG);
        assertThat(given).hasSize(2);

        limiter.permits().pause(quota, Duration.ofSeconds(Long.MAX_VALUE));
        acquire(quota, 1, LONG);
        assertThat(refused).singleElement().isInstanceOf(ThrottledException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "100,1500,0,PT0S",
        "100,1500,100,PT0S",
        "100,1500,101,PT1M",
        "100,1500,1500,PT14M",
        "100,1500,1501,PT1H",
        "100,1500,4000,PT2H9M",
        "0,0,1000000,PT0S",
        "30,0,312,PT10M",
        "100,1500,150000,PT99H14M",
        "100,1500,150001,PT100H",
        "10,6000,1000000,PT1666H39M",
        "0,20,100,PT4H",
        "30,0,30000001,PT16666H40M"
    })
    void shouldForetellTheLastPermit(int perMinute, int perHour, long calls, Duration wait) {
        assertThat(limiter.forecast(new Quota("g", perMinute, perHour), calls)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"7,50,1", "7,50,33", "7,0,200", "7,0,1000", "7,50,500", "0,20,61", "100,1500,1700"})
    void shouldForetellWhatThenHappens(int perMinute, int perHour, int calls) {
        Quota quota = new Quota("g", perMinute, perHour);
        acquire(quota, 9, LONG);
        time.advanceTimeBy(Duration.ofSeconds(17));
        limiter.permits().pause(quota, Duration.ofSeconds(50));
        limiter.permits().applyReportedLimit(quota, new ReportedLimit(5, MINUTE));
        Duration now = Duration.ofNanos(time.now(TimeUnit.NANOSECONDS));
        Duration foretold = limiter.forecast(quota, calls);

        acquire(quota, calls, LONG);
        time.advanceTimeBy(LONG.minusHours(1));

        assertThat(given).hasSize(9 + calls);
        assertThat(given.get(given.size() - 1)).isEqualTo(now.plus(foretold));
    }

    @Test
    void shouldForetellNothingForNegativeCallsOrWhenUnlimited() {
        Quota quota = new Quota("g", 1, 1);
        assertThatThrownBy(() -> limiter.forecast(quota, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(limiter.forecast(quota, Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(365 * 70));
        RateLimiter unlimited = RateLimiter.unlimited();
        unlimited.permits().applyReportedLimit(quota, new ReportedLimit(1, MINUTE));
        assertThat(unlimited.forecast(quota, 100)).isZero();
    }

    @Test
    void shouldCountNobodyWhoLeavesBeforeTheQueue() {
        Quota quota = new Quota("g", 1, 0);
        List<Integer> waiting = new ArrayList<>();
        List<Duration> foretold = new ArrayList<>();
        limiter.permits().acquire(quota, Lane.BULK, LONG).subscribe(new BaseSubscriber<Void>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                cancel();
                waiting.add(limiter.waiting(quota));
                foretold.add(limiter.forecast(quota, 1));
            }
        });

        assertThat(waiting).containsExactly(0);
        assertThat(foretold).containsExactly(Duration.ZERO);
    }

    @Test
    void shouldLetABulkReadGoOnWhileInteractiveCallsKeepComing() {
        Quota quota = new Quota("g", 1, 0);
        acquire(quota, 1, LONG);
        List<String> order = new ArrayList<>();
        limiter.permits().acquire(quota, Lane.BULK, LONG).subscribe(null, null, () -> order.add("bulk"));
        for (int i = 0; i < 20; i++) {
            limiter.permits()
                    .acquire(quota, Lane.INTERACTIVE, LONG)
                    .subscribe(null, null, () -> order.add("interactive"));
        }

        time.advanceTimeBy(Duration.ofMinutes(30));

        assertThat(order).hasSize(21);
        assertThat(order.indexOf("bulk")).isEqualTo(8);
    }
}
