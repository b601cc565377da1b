package io.github.defenderreactive.client.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Keeps the progress of one watch. Anyone can implement it, over a database for example; what an implementation must keep
 * to is written at each method, and the contract tests of the module {@code defender-reactive-testkit} check it. Failures
 * are {@link CursorStoreException}s; they end the watch, which then has lost nothing, since what could not be written counts
 * as not acknowledged.
 *
 * <p>A store that holds its session by a lease may lose it while the process lives: another watch may have begun. Every
 * method of the session then fails with {@link LeaseLostException} and changes nothing. The watch ends, and acknowledges
 * nothing after that.
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
     * @throws IllegalArgumentException if the path is empty
     */
    static CursorStore file(Path file) {
        return new FileCursorStore(file);
    }

    /** A store while one watch has it open. The watch may call any method while another one has not completed. */
    interface Session {

        /**
         * What was last kept: the progress of the last {@link #replace} that completed, moved by each {@link #advance}
         * since, and every version acknowledged since.
         *
         * @return emits the progress, {@link Progress#NONE} when there is none
         */
        Mono<Progress> load();

        /**
         * Adds a version. One that is added after {@link #replace} or {@link #advance} was subscribed to is kept, even if
         * that has not completed.
         *
         * @param seen the version
         * @return completes when it would survive the end of the process, and of the machine where the store can say so
         */
        Mono<Void> acknowledge(SeenVersion seen);

        /**
         * Puts one progress in place of all that is kept. After a crash either the old or the new one is there, never
         * parts of both.
         *
         * @param progress what to keep
         * @return completes when it is kept
         */
        Mono<Void> replace(Progress progress);

        /**
         * Moves the progress without touching the rest of it. The watch calls it after each poll, so a store should do it
         * at a cost that does not grow with what it keeps. After a crash either the old or the new cursor is there; of
         * what is forgotten, some may be there still.
         *
         * <p>The default loads everything and {@linkplain #replace replaces} it. A version that is acknowledged in between
         * may be lost; the watch itself acknowledges none then.
         *
         * @param to where the watch stands now
         * @param forgotten versions that need not be kept any longer; often none
         * @return completes when it is kept
         */
        default Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return load().flatMap(kept -> {
                Set<SeenVersion> gone = new HashSet<>(forgotten);
                List<SeenVersion> left = kept.seen().stream()
                        .filter(version -> !gone.contains(version))
                        .toList();
                return replace(new Progress(to, left));
            });
        }

        /**
         * Gives the store back, after what is under way.
         *
         * @return completes when another watch may open it
         */
        Mono<Void> close();
    }
}
