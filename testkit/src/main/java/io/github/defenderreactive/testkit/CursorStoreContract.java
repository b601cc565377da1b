package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.cursor.LeaseLostException;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The contract of every {@link CursorStore}. The test of a store extends this class and returns the store:
 *
 * <pre>{@code
 * class JdbcCursorStoreTest extends CursorStoreContract {
 *
 *     @Override
 *     protected CursorStore store() {
 *         return new JdbcCursorStore(dataSource, "alerts");
 *     }
 * }
 * }</pre>
 *
 * <p>Each test begins with {@link #store()} and expects it to be empty: use a separate table, file or name for every
 * test. Methods of the store are called on several threads.
 *
 * @since 0.1.0
 */
public abstract class CursorStoreContract {

    /** The maximum wait of a test for the store. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A time with the full precision of the service. */
    protected static final Instant TIME = Instant.parse("2026-11-03T04:05:06.1234567Z");

    /** A cursor with three different times. */
    protected static final Cursor CURSOR = new Cursor(TIME, TIME.plusSeconds(60), TIME.plusSeconds(30));

    private static final int ROUNDS = 20;

    /** Creates the test. */
    protected CursorStoreContract() {}

    /**
     * Returns the store under test. Within one test, each call must return the same progress, as for a process after a
     * restart.
     *
     * @return the store
     */
    protected abstract CursorStore store();

    /**
     * Makes a session lose the store to another watch: its lease expires, the connection that holds its lock is closed,
     * or its row is deleted.
     *
     * @param session an open session of {@link #store()}
     * @return false, the default, if the store has no lease; the tests of the lease are then skipped
     */
    protected boolean loseLease(CursorStore.Session session) {
        return false;
    }

    /**
     * Opens a store.
     *
     * @param store the store
     * @return the session
     */
    protected static CursorStore.Session opened(CursorStore store) {
        return Objects.requireNonNull(store.open().block(PATIENCE), "open emitted no session");
    }

    /**
     * Reads the progress in a separate session.
     *
     * @return the progress
     */
    protected Progress reloaded() {
        CursorStore.Session session = opened(store());
        Progress progress = loaded(session);
        session.close().block(PATIENCE);
        return progress;
    }

    private static Progress loaded(CursorStore.Session session) {
        return Objects.requireNonNull(session.load().block(PATIENCE), "load emitted no progress");
    }

    private static SeenVersion seen(String id) {
        return new SeenVersion(id, TIME);
    }

    private static List<SeenVersion> many(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> seen(prefix + i)).toList();
    }

    private static void assertKept(Cursor cursor, Collection<SeenVersion> seen, Progress kept) {
        assertEquals(cursor, kept.cursor());
        assertEquals(new HashSet<>(seen), new HashSet<>(kept.seen()));
    }

    /** An empty store has {@link Progress#NONE}. */
    @Test
    public void shouldBeginWithNothing() {
        assertEquals(Progress.NONE, reloaded());
    }

    /** Progress and later acknowledgements are kept after a restart. */
    @Test
    public void shouldKeepProgressAndWhatIsAcknowledgedLater() {
        CursorStore.Session session = opened(store());
        assertEquals(Progress.NONE, loaded(session));
        SeenVersion first = seen("da1_1");
        SeenVersion second = new SeenVersion("da 2_ø", TIME.plusNanos(100));
        session.replace(new Progress(CURSOR, List.of(first))).block(PATIENCE);
        session.acknowledge(second).block(PATIENCE);
        assertKept(CURSOR, List.of(first, second), loaded(session));
        session.close().block(PATIENCE);

        assertKept(CURSOR, List.of(first, second), reloaded());
    }

    /** {@code replace} replaces all progress. */
    @Test
    public void shouldForgetWhatIsReplaced() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(seen("old")))).block(PATIENCE);
        session.acknowledge(seen("older")).block(PATIENCE);
        session.replace(new Progress(Cursor.startingAt(TIME), List.of(seen("new"))))
                .block(PATIENCE);
        session.close().block(PATIENCE);

        assertKept(Cursor.startingAt(TIME), List.of(seen("new")), reloaded());
    }

    /** {@code advance} moves the cursor, removes the given versions, and keeps the rest. */
    @Test
    public void shouldAdvanceWithoutTouchingTheRest() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, many("da", 10))).block(PATIENCE);
        session.acknowledge(seen("later")).block(PATIENCE);
        Cursor next = Cursor.startingAt(TIME.plusSeconds(90));
        session.advance(next, many("da", 4)).block(PATIENCE);
        List<SeenVersion> left = new ArrayList<>(many("da", 10).subList(4, 10));
        left.add(seen("later"));
        assertKept(next, left, loaded(session));

        Cursor last = Cursor.startingAt(TIME.plusSeconds(120));
        session.advance(last, List.of()).block(PATIENCE);
        session.close().block(PATIENCE);
        assertKept(last, left, reloaded());
    }

    /** A removed version can be acknowledged again, and only the given version is removed. */
    @Test
    public void shouldForgetSingleVersions() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        SeenVersion one = seen("da");
        SeenVersion other = new SeenVersion("da", TIME.plusNanos(100));
        session.replace(new Progress(CURSOR, List.of(one, other))).block(PATIENCE);
        session.advance(CURSOR, List.of(one, seen("never seen"))).block(PATIENCE);
        assertKept(CURSOR, List.of(other), loaded(session));
        session.acknowledge(one).block(PATIENCE);
        session.acknowledge(one).block(PATIENCE);
        session.close().block(PATIENCE);

        assertKept(CURSOR, List.of(one, other), reloaded());
    }

    /** Many advances, as of a watch that runs for months, do not lose progress. */
    @Test
    public void shouldAdvanceManyTimes() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(seen("first")))).block(PATIENCE);
        Cursor last = CURSOR;
        for (int i = 0; i < 500; i++) {
            last = Cursor.startingAt(TIME.plusSeconds(i));
            session.acknowledge(seen("da" + i)).block(PATIENCE);
            session.advance(last, i < 10 ? List.of() : List.of(seen("da" + (i - 10))))
                    .block(PATIENCE);
        }
        session.close().block(PATIENCE);

        List<SeenVersion> left = new ArrayList<>(many("da", 500).subList(490, 500));
        left.add(seen("first"));
        assertKept(last, left, reloaded());
    }

    /** Ids are arbitrary text and are distinguished by case, accents and blanks. */
    @Test
    public void shouldKeepIdsOfAnyKind() {
        List<SeenVersion> odd = List.of(
                seen("a"),
                seen("A"),
                seen("ä"),
                seen("a "),
                seen(" a"),
                seen("a\nb"),
                seen("a\r\nseen 2026-11-03T04:05:06Z b"),
                seen("a\tb"),
                seen("a\\nb"),
                seen("it's \"quoted\"; -- %_"),
                seen("\u0007\u001B[31m\u0085\u2028\u202E"),
                seen("日本 \uD83D\uDE00"),
                seen("x".repeat(1_000)));
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, odd.subList(0, 6))).block(PATIENCE);
        Flux.fromIterable(odd.subList(6, odd.size()))
                .concatMap(session::acknowledge)
                .blockLast(PATIENCE);
        session.close().block(PATIENCE);
        assertKept(CURSOR, odd, reloaded());

        CursorStore.Session again = opened(store());
        again.load().block(PATIENCE);
        again.advance(CURSOR, odd.subList(1, odd.size())).block(PATIENCE);
        again.close().block(PATIENCE);
        assertKept(CURSOR, odd.subList(0, 1), reloaded());
    }

    /** Times keep all their digits, even in the distant past or future. */
    @Test
    public void shouldKeepTimesOfAnyKind() {
        List<SeenVersion> times = List.of(
                new SeenVersion("a", Instant.parse("0001-01-01T00:00:00Z")),
                new SeenVersion("a", Instant.parse("2026-11-03T04:05:06Z")),
                new SeenVersion("a", Instant.parse("2026-11-03T04:05:06.0000001Z")),
                new SeenVersion("a", Instant.parse("2026-11-03T04:05:06.9999999Z")),
                new SeenVersion("a", Instant.parse("2999-01-01T00:00:00Z")),
                new SeenVersion("a", Instant.parse("9999-12-31T23:59:59.9999999Z")));
        Cursor cursor = new Cursor(
                times.get(0).lastUpdateTime(),
                times.get(5).lastUpdateTime(),
                times.get(2).lastUpdateTime());
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(cursor, times)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertKept(cursor, times, reloaded());
    }

    /** Concurrent acknowledgements are all kept. */
    @Test
    public void shouldKeepAcknowledgementsThatComeAllAtOnce() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
        List<SeenVersion> all = many("da", 500);
        Flux.fromIterable(all)
                .flatMap(version -> session.acknowledge(version).subscribeOn(Schedulers.boundedElastic()), 100)
                .then()
                .block(PATIENCE);
        session.close().block(PATIENCE);

        assertKept(CURSOR, all, reloaded());
    }

    /** Acknowledgements before the completion of a replacement survive it. */
    @Test
    public void shouldKeepWhatIsAcknowledgedDuringAReplacement() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        for (int round = 0; round < ROUNDS; round++) {
            Cursor cursor = Cursor.startingAt(TIME.plusSeconds(round));
            List<SeenVersion> kept = many("kept" + round + "_", 50);
            List<SeenVersion> acknowledged = many("da" + round + "_", 20);
            meanwhile(session, () -> session.replace(new Progress(cursor, kept)), acknowledged);

            Set<SeenVersion> after = new HashSet<>(loaded(session).seen());
            assertEquals(cursor, loaded(session).cursor());
            assertTrue(after.containsAll(kept), () -> "expected all replaced versions, was " + after);
            assertTrue(after.containsAll(acknowledged), () -> "expected all acknowledged versions, was " + after);
        }
        session.close().block(PATIENCE);
    }

    /**
     * Acknowledgements before the completion of an advance survive it. Skipped for a session that inherits
     * {@code advance}, which cannot guarantee that.
     */
    @Test
    public void shouldKeepWhatIsAcknowledgedDuringAnAdvance() {
        CursorStore.Session session = opened(store());
        assumeTrue(hasItsOwnAdvance(session), "the session inherits advance");
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, many("old", 50))).block(PATIENCE);
        Set<SeenVersion> expected = new HashSet<>(many("old", 50));
        Cursor cursor = CURSOR;
        for (int round = 0; round < ROUNDS; round++) {
            Cursor next = Cursor.startingAt(TIME.plusSeconds(round));
            List<SeenVersion> acknowledged = many("da" + round + "_", 20);
            List<SeenVersion> forgotten = List.of(seen("old" + round));
            meanwhile(session, () -> session.advance(next, forgotten), acknowledged);
            expected.add(seen("before"));
            expected.addAll(acknowledged);
            forgotten.forEach(expected::remove);
            cursor = next;
        }
        session.close().block(PATIENCE);

        assertKept(cursor, expected, reloaded());
    }

    private static boolean hasItsOwnAdvance(CursorStore.Session session) {
        try {
            return session.getClass()
                            .getMethod("advance", Cursor.class, Collection.class)
                            .getDeclaringClass()
                    != CursorStore.Session.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static void meanwhile(
            CursorStore.Session session, Supplier<Mono<Void>> change, List<SeenVersion> acknowledged) {
        session.acknowledge(seen("before")).subscribe();
        Mono<Void> changed = change.get().cache();
        changed.subscribe();
        Flux.fromIterable(acknowledged)
                .flatMap(version -> session.acknowledge(version).subscribeOn(Schedulers.boundedElastic()), 4)
                .then(changed)
                .block(PATIENCE);
    }

    /** Operations that were started before the session is closed are completed. */
    @Test
    public void shouldKeepWhatIsInProgressWhenItIsClosed() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
        List<SeenVersion> acknowledged = many("da", 20);
        List<Mono<Void>> asked = new ArrayList<>();
        for (SeenVersion version : acknowledged) {
            Mono<Void> acknowledgement = session.acknowledge(version).cache();
            acknowledgement.subscribe();
            asked.add(acknowledgement);
        }
        session.close().block(PATIENCE);
        Mono.when(asked).block(PATIENCE);

        assertKept(CURSOR, acknowledged, reloaded());
    }

    /** Operations without a subscriber have no effect. */
    @Test
    public void shouldDoNothingBeforeItIsSubscribedTo() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(seen("kept")))).block(PATIENCE);
        List<Mono<Void>> unused = List.of(
                session.acknowledge(seen("a")),
                session.replace(Progress.NONE),
                session.advance(Cursor.startingAt(TIME), List.of(seen("kept"))),
                session.close());
        assertEquals(4, unused.size());
        assertKept(CURSOR, List.of(seen("kept")), loaded(session));
        session.close().block(PATIENCE);
    }

    /** A second watch is rejected until the first has closed. */
    @Test
    public void shouldKeepASecondWatchOut() {
        CursorStore.Session session = opened(store());
        assertThrows(CursorStoreException.class, () -> store().open().block(PATIENCE));
        // The failed attempt does not admit a third watch either.
        assertThrows(CursorStoreException.class, () -> store().open().block(PATIENCE));
        session.close().block(PATIENCE);

        assertEquals(Progress.NONE, reloaded());
    }

    /**
     * A session that has lost its lease fails and no longer changes the store. Skipped unless
     * {@link #loseLease} is overridden, because a store may have no leases.
     */
    @Test
    public void shouldSayThatItsLeaseIsLost() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(seen("kept")))).block(PATIENCE);
        assumeTrue(loseLease(session), "the store has no lease to lose");

        CursorStore.Session other = opened(store());
        Progress found = loaded(other);
        assertThrows(
                LeaseLostException.class,
                () -> session.acknowledge(seen("too late")).block(PATIENCE));
        assertThrows(
                LeaseLostException.class, () -> session.replace(Progress.NONE).block(PATIENCE));
        assertThrows(
                LeaseLostException.class,
                () -> session.advance(Cursor.startingAt(TIME), List.of()).block(PATIENCE));
        other.acknowledge(seen("in time")).block(PATIENCE);
        session.close().block(PATIENCE);

        Set<SeenVersion> expected = new HashSet<>(found.seen());
        expected.add(seen("in time"));
        Progress kept = loaded(other);
        assertEquals(found.cursor(), kept.cursor());
        assertEquals(expected, new HashSet<>(kept.seen()));
        // Closing the session that has lost its lease does not affect the other.
        assertThrows(CursorStoreException.class, () -> store().open().block(PATIENCE));
        other.close().block(PATIENCE);
    }
}
