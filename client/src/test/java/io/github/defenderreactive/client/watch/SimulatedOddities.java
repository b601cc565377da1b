package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with single rows and with the dates of single responses. It draws from numbers of its own, so that a history
 * is the same with and without it.
 */
final class SimulatedOddities {

    private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    private final RandomGenerator random;
    private final Happenings happened;
    private final Duration localAhead;
    private final boolean oddRows;
    private final boolean wrongDates;

    private Duration allDatesAhead = Duration.ZERO;

    /**
     * Draws what will be wrong.
     *
     * @param any whether anything is
     */
    SimulatedOddities(RandomGenerator random, Happenings happened, boolean any) {
        this.random = random;
        this.happened = happened;
        int days = random.nextBoolean() ? 2 : 400;
        int clock = any ? random.nextInt(6) : -1;
        this.localAhead = Duration.ofDays(clock == 0 ? days : clock == 1 ? -days : 0);
        this.oddRows = any && random.nextBoolean();
        this.wrongDates = any && random.nextBoolean();
    }

    /** How far the clock of the process is ahead of what it would be. */
    Duration localAhead() {
        return localAhead;
    }

    /** From now on every response is wrong, by the same. */
    void allDatesAhead(Duration by) {
        allDatesAhead = by;
    }

    /** The date of a response, or null when it has none. */
    @Nullable
    Instant date(Instant honest) {
        if (!allDatesAhead.isZero()) {
            return honest.plus(allDatesAhead);
        }
        int draw = wrongDates ? random.nextInt(60) : -1;
        switch (draw) {
            case 0:
                happened.add(Happening.DATE_AHEAD);
                return honest.plus(Duration.ofMinutes(random.nextLong(20, 60 * 24 * 40)));
            case 1:
                happened.add(Happening.DATE_BEHIND);
                return honest.minus(Duration.ofMinutes(random.nextLong(20, 60 * 24 * 40)));
            case 2:
                happened.add(Happening.NO_DATE);
                return null;
            default:
                return honest;
        }
    }

    /** A page as it arrives: with all its rows, and some that should not be there. */
    List<SimulatedTenant.Row> page(
            List<SimulatedTenant.Row> rows, SimulatedTenant tenant, SimulatedTenant.Query query) {
        if (!oddRows || rows.isEmpty()) {
            return rows;
        }
        List<SimulatedTenant.Row> all = new ArrayList<>(rows);
        SimulatedTenant.Row one = rows.get(random.nextInt(rows.size()));
        switch (random.nextInt(8)) {
            case 0 -> {
                happened.add(Happening.ROW_WITHOUT_ID);
                add(all, new SimulatedTenant.Row(null, one.created(), one.updated()));
            }
            case 1 -> {
                happened.add(Happening.ROW_WITHOUT_TIME);
                add(all, new SimulatedTenant.Row(one.id(), one.created(), null));
            }
            case 2 -> {
                happened.add(Happening.ROW_TWICE);
                add(all, one);
            }
            case 3 -> {
                happened.add(Happening.ROW_FROM_THE_FUTURE);
                add(all, new SimulatedTenant.Row(one.id(), one.created(), FAR));
            }
            case 4 -> {
                happened.add(Happening.ROW_OF_AN_OLDER_VERSION);
                tenant.versions(one.id(), query)
                        .forEach(version -> add(all, new SimulatedTenant.Row(one.id(), one.created(), version)));
            }
            default -> {
                // as it should be
            }
        }
        return all;
    }

    private void add(List<SimulatedTenant.Row> rows, SimulatedTenant.Row row) {
        rows.add(random.nextInt(rows.size() + 1), row);
    }
}
