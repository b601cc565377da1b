package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Instant;
import reactor.core.publisher.Flux;

/** The source of the items of a watch. */
@FunctionalInterface
interface PollSource<T> {

    /** Receives the results of a poll other than its items. Must neither block nor throw. */
    interface Notes {

        /** Receives the server date of each response, before its items. */
        void date(Instant date);

        /** Receives a row that is not an item. */
        void unreadable(UnreadableItem row);
    }

    /**
     * Returns every item that was last updated at or after a time. The range has no upper bound: an item that is
     * updated while the pages are read then stays in the list, so rows move to earlier pages and never past the reader.
     *
     * @param from the earliest update time
     * @param notes receives the other results
     * @return the items in any order, possibly with repeated ones; sends no request before there is demand
     */
    Flux<T> since(Instant from, Notes notes);

    /**
     * Returns whether items that were updated before the start of a poll show that the service ignores the filter. If
     * not, they are delivered like others, and remembered without a delivery if they were updated before the watch
     * started.
     */
    default boolean isBounded() {
        return true;
    }

    /** Receives the progress from which the watch continues, before its first poll; replaces what it knows. */
    default void restored(Progress progress) {}

    /**
     * Returns whether the newest version of an id is remembered and stored however old it is, because the source needs
     * it.
     */
    default boolean retains(String id) {
        return false;
    }

    /** Returns a list whose dates and unreadable rows are noted. */
    static <T> PagedFlux<T> noted(PagedFlux<T> list, Notes notes) {
        return list.skipUnreadable(notes::unreadable).doOnResponse(response -> {
            Instant date = response.date();
            if (date != null) {
                notes.date(date);
            }
        });
    }
}
