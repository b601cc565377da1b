package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.client.watch.EngineWorld.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

/** Clocks and dates that are wrong: of this process, of the service, of a file. */
class WatchClockTest {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EngineWorld world = new EngineWorld();

    private Row raised(String id) {
        Row row = new Row(id, world.now());
        world.rows.add(row);
        return row;
    }

    // ---- the local clock ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {-400, -2, 2, 400})
    void shouldLoseNothingByALocalClockThatIsDaysOffAndSaySo(long days) {
        world.localTime.ahead(Duration.ofDays(days));
        world.start(world.options().build());
        world.pass(MINUTE);
        Row first = raised("a");
        world.pass(MINUTE);
        Row second = raised("b");
        world.pass(EngineWorld.HOUR.multipliedBy(3));
        Row third = raised("c");
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(first, second, third);
        assertThat(world.watermark()).isBetween(world.now().minus(MINUTE), world.now());
        assertThat(world.told(WatchEvent.ClockDiffers.class))
                .containsExactly(new WatchEvent.ClockDiffers("alerts", Duration.ofDays(days)));
        assertThat(world.told(WatchEvent.MovedBack.class)).isEmpty();
    }

    @Test
    void shouldDeliverAllThatThereIsWhenTheClockIsWrongFromALongPastOn() {
        world.localTime.ahead(Duration.ofDays(-400));
        Row old = raised("old");
        world.pass(EngineWorld.HOUR);
        Row recent = raised("recent");
        world.start(world.options().since(world.now().minus(MONTH)).build());
        world.pass(EngineWorld.HOUR);

        assertThat(world.delivered()).containsExactly(old, recent);
    }

    @Test
    void shouldSayAgainWhenTheLocalClockIsSetRight() {
        world.localTime.ahead(Duration.ofDays(2));
        world.start(world.options().build());
        world.pass(MINUTE);
        world.localTime.ahead(Duration.ZERO);
        world.pass(MINUTE.multipliedBy(5));

        assertThat(world.told(WatchEvent.ClockDiffers.class))
                .extracting(WatchEvent.ClockDiffers::ahead)
                .containsExactly(Duration.ofDays(2), Duration.ZERO);
    }

    // ---- dates of the service ----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 30", "4, 30", "1, -30", "2, -30", "4, -30", "1, 40000", "2, 40000", "3, -40000"})
    void shouldNotMoveByOneResponseOfAnotherMonth(int wrong, long days) {
        AtomicInteger responses = new AtomicInteger();
        world.dates = now -> responses.incrementAndGet() == wrong ? now.plus(Duration.ofDays(days)) : now;
        world.start(world.options().build());
        Row first = raised("a");
        world.pass(MINUTE);
        Row second = raised("b");
        world.pass(MINUTE);
        Row third = raised("c");
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(first, second, third);
        assertThat(world.told(WatchEvent.Polled.class))
                .allSatisfy(polled -> assertThat(polled.watermark()).isBeforeOrEqualTo(world.now()));
        assertThat(world.told(WatchEvent.Doubted.class)).hasSize(1);
        assertThat(world.told(WatchEvent.MovedBack.class)).isEmpty();
        assertThat(world.watermark()).isAfter(world.now().minus(MINUTE));
    }

    @Test
    void shouldNotBlindAWatchThatIsStartedAgainBehindADateOfAnotherMonth() {
        AtomicInteger responses = new AtomicInteger();
        world.dates = now -> responses.incrementAndGet() == 1 ? now.plus(MONTH) : now;
        Disposable watch = world.start(world.options().since(world.now()).build());
        world.pass(MINUTE.multipliedBy(2));
        watch.dispose();
        Row meanwhile = raised("a");
        world.start(world.options().build());
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(meanwhile);
        assertThat(world.watermark()).isBeforeOrEqualTo(world.now());
    }

    /** As long as all are wrong nobody can know; what they did is undone. */
    @ParameterizedTest
    @ValueSource(longs = {20, 90, 300})
    void shouldGoBackWhenDatesProveWrongThatWereBelieved(long minutes) {
        Row before = raised("before");
        world.start(world.options().since(world.now().minus(EngineWorld.HOUR)).build());
        world.pass(MINUTE);
        world.dates = now -> now.plus(MONTH);
        for (int i = 0; i < minutes; i++) {
            world.pass(MINUTE);
            if (i % 7 == 0) {
                raised("meanwhile" + i);
            }
        }
        world.dates = now -> now;
        world.pass(MINUTE.multipliedBy(5));
        raised("after");
        world.pass(MINUTE);

        assertThat(world.delivered()).startsWith(before).containsExactlyInAnyOrderElementsOf(world.rows);
        assertThat(world.told(WatchEvent.MovedBack.class)).hasSize(1);
        assertThat(world.watermark()).isBeforeOrEqualTo(world.now());
    }

    @Test
    void shouldBeginAtItsBeginningWhenTheDatesItBeganWithProveWrong() {
        world.localTime.ahead(MONTH);
        world.dates = now -> now.plus(MONTH);
        world.start(world.options().build());
        world.pass(MINUTE);
        Row first = raised("a");
        world.pass(MINUTE);
        world.dates = now -> now;
        world.pass(MINUTE.multipliedBy(5));

        assertThat(world.delivered()).containsExactly(first);
        assertThat(world.told(WatchEvent.MovedBack.class)).hasSize(1);
    }

    @Test
    void shouldStandStillWithoutADateAndSayWhy() {
        world.start(world.options().since(world.now()).build());
        world.pass(MINUTE);
        Instant reached = world.watermark();
        world.dates = now -> null;
        Row first = raised("a");
        world.pass(MINUTE.multipliedBy(20));

        assertThat(world.delivered()).containsExactly(first);
        assertThat(world.watermark()).isEqualTo(reached);
        assertThat(world.told(WatchEvent.Stuck.class))
                .isNotEmpty()
                .allSatisfy(stuck -> assertThat(stuck.reason()).isEqualTo(WatchEvent.Stuck.Reason.NO_DATE));

        world.dates = now -> now;
        world.pass(MINUTE);
        assertThat(world.watermark()).isAfter(world.now().minus(MINUTE));
    }

    @Test
    void shouldNotTakeTheLocalClockForAServiceWithoutDates() {
        world.dates = now -> null;
        world.localTime.ahead(Duration.ofDays(2));
        world.start(world.options().since(world.now()).build());
        world.pass(MINUTE);
        Row first = raised("a");
        world.pass(EngineWorld.HOUR);

        assertThat(world.delivered()).containsExactly(first);
        assertThat(world.watermark()).isBefore(world.now());
    }

    @Test
    void shouldSayThatTheDateStandsStill() {
        world.start(world.options().since(world.now()).build());
        world.pass(MINUTE);
        Instant frozen = world.now();
        world.dates = now -> frozen;
        Row first = raised("a");
        world.pass(MINUTE.multipliedBy(30));

        assertThat(world.delivered()).containsExactly(first);
        assertThat(world.watermark()).isBeforeOrEqualTo(frozen);
        assertThat(world.told(WatchEvent.Stuck.class)).isNotEmpty();
        assertThat(world.told(WatchEvent.MovedBack.class)).isEmpty();
    }

    /** The clock that never jumps stands still meanwhile, on some systems. */
    @Test
    void shouldCatchUpWhenTheProcessWasSuspended() {
        world.start(world.options().build());
        world.pass(MINUTE);
        Duration slept = Duration.ofDays(3);
        world.localTime.ahead(slept);
        world.dates = now -> now.plus(slept);
        Row meanwhile = new Row("a", world.now().plus(Duration.ofDays(1)));
        world.rows.add(meanwhile);
        world.pass(MINUTE.multipliedBy(3));

        assertThat(world.delivered()).containsExactly(meanwhile);
        assertThat(world.watermark()).isAfter(world.now().plus(slept).minus(MINUTE));
    }

    /** Each step is small enough to be believed. */
    @Test
    void shouldNotFollowAClockThatRunsTooFast() {
        Instant start = world.now();
        world.start(world.options().since(start).build());
        world.dates = now -> start.plus(Duration.between(start, now).multipliedBy(2));
        world.pass(MINUTE.multipliedBy(5));
        assertThat(world.watermark()).isBefore(world.now().plus(ServiceClock.TOLERANCE));
        world.pass(EngineWorld.HOUR);
        assertThat(world.told(WatchEvent.Doubted.class)).isNotEmpty();
    }

    // ---- positions that lie in the future ----------------------------------------------------------------------

    @Test
    void shouldLeaveTheFutureThatItsStoreNames() {
        Row known = raised("known");
        Instant far = Instant.parse("2999-01-01T00:00:00Z");
        CursorStore.Session session = world.store.open().block(MINUTE);
        session.replace(new Progress(new Cursor(far, far, far), List.of(new SeenVersion("known", known.updated()))))
                .block(MINUTE);
        session.close().block(MINUTE);
        world.pass(MINUTE);
        Row missed = raised("missed");
        world.start(world.options().build());
        world.pass(MINUTE);
        Row later = raised("later");
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(missed, later);
        assertThat(world.told(WatchEvent.MovedBack.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.from()).isEqualTo(far));
        assertThat(world.watermark()).isBeforeOrEqualTo(world.now());
    }

    @Test
    void shouldLeaveTheFutureOfALoneCursor() {
        Instant start = world.now().minus(MONTH);
        Instant far = world.now().plus(MONTH);
        Row missed = raised("missed");
        world.pass(EngineWorld.HOUR);
        world.start(world.options().from(new Cursor(start, far, far)).build());
        world.pass(MINUTE.multipliedBy(2));

        assertThat(world.delivered()).as("read as far back as after a restart").containsExactly(missed);
    }

    @Test
    void shouldTakeATimeAfterNowForNow() {
        world.start(world.options().since(world.now().plus(Duration.ofDays(2))).build());
        world.pass(MINUTE.multipliedBy(2));
        Row first = raised("a");
        world.pass(MINUTE.multipliedBy(2));

        assertThat(world.delivered()).containsExactly(first);
        assertThat(world.told(WatchEvent.MovedBack.class)).hasSize(1);
    }
}
