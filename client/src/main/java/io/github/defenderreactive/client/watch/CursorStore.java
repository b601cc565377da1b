package io.github.defenderreactive.client.watch;

import java.nio.file.Path;
import reactor.core.publisher.Mono;

/**
 * Keeps the progress of one watch. Anyone can implement it, over a database for example; what an implementation must keep
 * to is written at each method. Failures are {@link CursorStoreException}s; they end the watch, which then has lost nothing,
 * since what could not be written counts as not acknowledged.
 *
 * @since 0.1.0
 */
public interface CursorStore {

    /**
     * Opens the store for one watch and keeps every other out until the session is closed or its process has ended.
     *
     * @return emits the session; {@link CursorStoreException} when another watch has it open or it cannot be read
     */
    Mono<Session> open();

    /**
     * A store in memory: it outlives a subscription, not the process.
     *
     * @return a new store
     */
    static CursorStore memory() {
        return new MemoryCursorStore();
    }

    /**
     * A store in a file, see {@link FileCursorStore}.
     *
     * @param file the file; its folder must exist
     * @return the store
     */
    static CursorStore file(Path file) {
        return new FileCursorStore(file);
    }

    /** A store while one watch has it open. The watch may call any method while another one has not completed. */
    interface Session {

        /**
         * What was last kept: the progress of the last {@link #replace} that completed, and every version acknowledged
         * since.
         *
         * @return emits the progress, {@link Progress#NONE} when there is none
         */
        Mono<Progress> load();

        /**
         * Adds a version.
         *
         * @param seen the version
         * @return completes when it would survive the end of the process, and of the machine where the store can say so
         */
        Mono<Void> acknowledge(Seen seen);

        /**
         * Puts one progress in place of all that is kept. After a crash either the old or the new one is there, never
         * parts of both.
         *
         * @param progress what to keep
         * @return completes when it is kept
         */
        Mono<Void> replace(Progress progress);

        /**
         * Gives the store back, after what is under way.
         *
         * @return completes when another watch may open it
         */
        Mono<Void> close();
    }
}
