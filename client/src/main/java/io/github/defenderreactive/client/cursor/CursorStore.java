package io.github.defenderreactive.client.cursor;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Keeps the progress of one watch. Applications may implement it, for example over a database. Each method states the
 * requirements for implementations, and the contract tests of the module {@code defender-reactive-testkit} check them.
 * Failures are {@link CursorStoreException}s. They end the watch, which loses nothing: everything that could not be
 * written is not acknowledged.
 *
 * <p>A store that holds its session by a lease may lose it while the process is running, because another watch has
 * started. Every method of the session then fails with {@link LeaseLostException} and changes nothing. The watch ends
 * and acknowledges nothing afterwards.
 *
 * @since 0.1.0
 */
public interface CursorStore {

    /**
     * Opens the store for one watch, and excludes all others until the session is closed or its process has ended.
     *
     * @return emits the session; {@link CursorStoreException} if another watch has opened the store or if it cannot be
     *     read
     */
    Mono<Session> open();

    /**
     * Creates a store in memory. It outlives a subscription, but not the process.
     *
     * @return a new store
     */
    static CursorStore memory() {
        return new MemoryCursorStore();
    }

    /**
     * Creates a store in a file, see {@link FileCursorStore}.
     *
     * @param file the file; its folder must exist
     * @return the store
     * @throws IllegalArgumentException if the path is empty
     */
    static CursorStore file(Path file) {
        return new FileCursorStore(file);
    }

    /**
     * A store that one watch has opened. The watch may call a method before an earlier call has completed.
     *
     * @since 0.1.0
     */
    interface Session {

        /**
         * Returns the stored progress: that of the last {@link #replace} that completed, with the cursor of the last
         * {@link #advance} since then, and every version acknowledged since then.
         *
         * @return emits the progress, {@link Progress#NONE} if there is none
         */
        Mono<Progress> load();

        /**
         * Adds a version. A version that is added after the subscription to {@link #replace} or {@link #advance} is
         * kept, even if that has not completed.
         *
         * @param seen the version
         * @return completes when the version would survive the end of the process, and that of the machine where the
         *     store can guarantee it
         */
        Mono<Void> acknowledge(SeenVersion seen);

        /**
         * Replaces everything that is stored by one progress. After a crash the store holds either the old or the new
         * progress, never parts of both.
         *
         * @param progress the new progress
         * @return completes when the progress is stored
         */
        Mono<Void> replace(Progress progress);

        /**
         * Moves the cursor and keeps the rest of the progress. The watch calls it after each poll, so its cost should
         * not grow with the size of the progress. After a crash the store holds either the old or the new cursor, and
         * may still hold some of the forgotten versions.
         *
         * <p>The default implementation loads everything and {@linkplain #replace replaces} it. A version that is
         * acknowledged in between may be lost; the watch itself acknowledges none at that time.
         *
         * @param to the new cursor
         * @param forgotten versions that need not be kept any longer; often none
         * @return completes when the cursor is stored
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
         * Releases the store once pending writes complete.
         *
         * @return completes when another watch may open the store
         */
        Mono<Void> close();
    }
}
