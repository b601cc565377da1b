package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** What is watched. */
@FunctionalInterface
interface PollSource<T> {

    /**
     * Every item that was last updated at or after a time, with an open end: an item that is updated while the pages are
     * read then never leaves the list, so rows move back over the edge of a page and not forward past the reader.
     *
     * @param from the earliest update
     * @param serverDate to be told the service's time of every answer, before its items
     * @return the items in any order, an item twice if need be; asks for nothing before there is demand
     */
    Flux<T> since(Instant from, Consumer<Instant> serverDate);
}
