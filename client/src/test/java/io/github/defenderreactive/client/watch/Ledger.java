package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.SeenVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the consumer has dealt with, over all lives of its process, and which repetitions had a reason. */
final class Ledger {

    private final Set<SeenVersion> ever = new HashSet<>();
    private final Set<SeenVersion> acknowledged = new HashSet<>();
    private final Set<SeenVersion> thisLife = new HashSet<>();
    /** Dealt with and not acknowledged when a process ended: each may come once more for it. */
    private final Set<SeenVersion> left = new HashSet<>();

    private Instant reach = Instant.MAX;
    private int delivered;
    private int leftByKills;
    private int repeatedInARun;
    private int repeatedThoughAcknowledged;
    private int repeatedForNoReason;
    private int repeatedUnacknowledged;
    private int repeatedWithinTheOverlap;

    void processed(SeenVersion version) {
        delivered++;
        boolean known = !ever.add(version);
        if (!thisLife.add(version)) {
            repeatedInARun++;
        } else if (known) {
            if (acknowledged.contains(version)) {
                repeatedThoughAcknowledged++;
            } else if (left.remove(version)) {
                repeatedUnacknowledged++;
            } else if (!version.lastUpdateTime().isBefore(reach)) {
                repeatedWithinTheOverlap++;
            } else {
                repeatedForNoReason++;
            }
        }
    }

    void acknowledged(Collection<SeenVersion> versions) {
        acknowledged.addAll(versions);
    }

    /** What this life has dealt with. */
    List<SeenVersion> ofThisLife() {
        return List.copyOf(thisLife);
    }

    /** The process has ended. */
    void ended() {
        thisLife.removeAll(acknowledged);
        leftByKills += thisLife.size();
        left.addAll(thisLife);
        thisLife.clear();
    }

    /** The store is lost: what was acknowledged is not known any more and may come again as far back as the overlap reaches. */
    void begunFromACursor(Instant overlapReaches) {
        acknowledged.clear();
        left.clear();
        reach = overlapReaches;
    }

    int lost(List<SeenVersion> wanted) {
        return (int) wanted.stream().filter(version -> !ever.contains(version)).count();
    }

    Counts counts(List<SeenVersion> wanted) {
        return new Counts(
                wanted.size(),
                delivered,
                lost(wanted),
                repeatedInARun,
                repeatedThoughAcknowledged,
                repeatedForNoReason,
                leftByKills,
                repeatedUnacknowledged,
                repeatedWithinTheOverlap);
    }

    /**
     * The end of it.
     *
     * @param alerts that were to come
     * @param delivered all deliveries
     * @param lost alerts whose newest version never came
     * @param repeatedInARun came twice to one process
     * @param repeatedThoughAcknowledged came again although the store knew better
     * @param repeatedForNoReason came again although nothing explains it
     * @param leftByKills dealt with and not acknowledged when a process ended
     * @param repeatedUnacknowledged those of them that came again
     * @param repeatedWithinTheOverlap came again because a cursor without its store knows no better
     */
    record Counts(
            int alerts,
            int delivered,
            int lost,
            int repeatedInARun,
            int repeatedThoughAcknowledged,
            int repeatedForNoReason,
            int leftByKills,
            int repeatedUnacknowledged,
            int repeatedWithinTheOverlap) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    alerts + other.alerts,
                    delivered + other.delivered,
                    lost + other.lost,
                    repeatedInARun + other.repeatedInARun,
                    repeatedThoughAcknowledged + other.repeatedThoughAcknowledged,
                    repeatedForNoReason + other.repeatedForNoReason,
                    leftByKills + other.leftByKills,
                    repeatedUnacknowledged + other.repeatedUnacknowledged,
                    repeatedWithinTheOverlap + other.repeatedWithinTheOverlap);
        }

        /** Nothing lost, and nothing repeated but what was left or what a lone cursor cannot know. */
        boolean clean() {
            return lost == 0
                    && repeatedInARun == 0
                    && repeatedThoughAcknowledged == 0
                    && repeatedForNoReason == 0
                    && repeatedUnacknowledged <= leftByKills;
        }
    }
}
