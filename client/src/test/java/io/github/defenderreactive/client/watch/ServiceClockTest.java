package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.watch.ServiceClock.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which dates are believed. */
class ServiceClockTest {

    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final ServiceClock clock = new ServiceClock();

    private Verdict heard(Duration elapsed, Duration off, Duration localOff) {
        Instant now = START.plus(elapsed);
        return clock.heard(now.plus(off), elapsed.toNanos(), now.plus(localOff));
    }

    @Test
    void shouldBelieveTheFirstDateThatFitsTheLocalClock() {
        assertThat(clock.at(0)).isNull();
        assertThat(heard(Duration.ZERO, Duration.ofMinutes(40), Duration.ZERO)).isEqualTo(Verdict.BELIEVED);
        assertThat(clock.at(0)).isEqualTo(START.plus(Duration.ofMinutes(40)));
    }

    @Test
    void shouldBelieveThreeThatAgreeAgainstTheLocalClock() {
        assertThat(heard(Duration.ofSeconds(0), Duration.ZERO, DAY)).isEqualTo(Verdict.DOUBTED);
        assertThat(heard(Duration.ofSeconds(30), Duration.ZERO, DAY)).isEqualTo(Verdict.DOUBTED);
        assertThat(clock.at(0)).isNull();
        assertThat(heard(Duration.ofSeconds(60), Duration.ZERO, DAY)).isEqualTo(Verdict.BELIEVED);
        assertThat(clock.at(0)).isEqualTo(START);
    }

    @Test
    void shouldCountOnlyThoseThatAgreeInARow() {
        heard(Duration.ofSeconds(0), Duration.ZERO, Duration.ZERO);
        for (int i = 1; i < 50; i++) {
            Duration off = i % 3 == 0 ? Duration.ZERO : DAY;
            assertThat(heard(Duration.ofSeconds(i), off, Duration.ZERO))
                    .isEqualTo(off.isZero() ? Verdict.BELIEVED : Verdict.DOUBTED);
        }
        for (int i = 50; i < 100; i++) {
            assertThat(heard(Duration.ofSeconds(i), DAY.multipliedBy(i), Duration.ZERO))
                    .isEqualTo(Verdict.DOUBTED);
        }
        assertThat(clock.at(0)).isEqualTo(START);
    }

    @Test
    void shouldChangeItsMindWhenThreeAgree() {
        heard(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        heard(Duration.ofSeconds(1), DAY, Duration.ZERO);
        heard(Duration.ofSeconds(2), DAY, Duration.ZERO);
        assertThat(heard(Duration.ofSeconds(3), DAY, Duration.ZERO)).isEqualTo(Verdict.CHANGED);
        assertThat(clock.at(0)).isEqualTo(START.plus(DAY));
    }

    /** Servers that differ by minutes, seconds that are cut, and a clock that drifts by a second in a quarter of an hour. */
    @Test
    void shouldFollowHonestClocks() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            Duration elapsed = Duration.ofSeconds(30L * i);
            Duration drift = elapsed.dividedBy(900);
            Duration off = drift.plusMillis(random.nextInt(-120_000, 0));
            assertThat(heard(elapsed, off, Duration.ZERO)).isEqualTo(Verdict.BELIEVED);
        }
    }

    @Test
    void shouldNotBeLedAwayInSmallSteps() {
        heard(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        boolean doubted = false;
        for (int i = 1; i < 100 && !doubted; i++) {
            doubted = heard(Duration.ofSeconds(30L * i), Duration.ofMinutes(i), Duration.ZERO) != Verdict.BELIEVED;
            assertThat(clock.at(0)).isBefore(START.plus(ServiceClock.TOLERANCE));
        }
        assertThat(doubted).isTrue();
    }
}
