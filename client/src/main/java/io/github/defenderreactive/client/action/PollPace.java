package io.github.defenderreactive.client.action;

import java.time.Duration;

/**
 * The times between the polls of an action.
 *
 * @param first time to the first poll: a new action is not visible for some seconds
 * @param longest longest time between two polls
 * @param apart shortest time between the polls of all actions together
 */
record PollPace(Duration first, Duration longest, Duration apart) {

    static final PollPace USUAL = new PollPace(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(2));

    /** Returns the time to the poll with the given number, half as long again as the one before. */
    long nanosBefore(int poll) {
        double grown = first.toNanos() * Math.pow(1.5, poll);
        return (long) Math.min(grown, (double) longest.toNanos());
    }
}
