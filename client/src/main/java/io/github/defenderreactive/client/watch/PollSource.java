package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.json.UnreadableItem;
import java.time.Instant;
import reactor.core.publisher.Flux;

/** What is watched. */
@FunctionalInterface
interface PollSource<T> {

    /** Hears what a poll brings besides its items. Must neither block nor throw. */
    interface Notes {

        /** The service's time of a response, before its items. */
        void date(Instant date);

        /** A row that is no item. */
        void unreadable(UnreadableItem row);
    }

    /**
     * Every item that was last updated at or after a time, with an open end: an item that is updated while the pages are
     * read then never leaves the list, so rows move back over the edge of a page and not forward past the reader.
     *
     * @param from the earliest update
     * @param notes hears the rest
     * @return the items in any order, an item twice if need be; asks for nothing before there is demand
     */
    Flux<T> since(Instant from, Notes notes);
}
