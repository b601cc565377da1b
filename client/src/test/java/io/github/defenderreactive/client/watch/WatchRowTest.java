package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.client.watch.EngineWorld.Row;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One row that is wrong stops nothing, hides nothing, and is told once. */
class WatchRowTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EngineWorld world = new EngineWorld();

    @TempDir
    Path folder;

    private WatchOptions options() {
        return world.options().since(world.now()).build();
    }

    /** Starts a watch, raises good alerts before and after the rows, and lets two hours pass. */
    private List<Row> among(Row... odd) {
        Row before = new Row("before", world.now());
        Row after = new Row("after", world.now());
        world.rows.add(before);
        world.rows.addAll(List.of(odd));
        world.rows.add(after);
        world.start(options());
        world.pass(Duration.ofHours(2));
        Row later = new Row("later", world.now());
        world.rows.add(later);
        world.pass(MINUTE);
        assertThat(world.failures).isEmpty();
        assertThat(world.delivered()).contains(before, after, later);
        return world.delivered().stream()
                .filter(row -> !List.of(before, after, later).contains(row))
                .toList();
    }

    // ---- what is told ------------------------------------------------------------------------------------------

    @Test
    void shouldTellARowThatCannotBeDeliveredOnce() {
        Instant now = world.now();
        assertThat(among(
                        new Row(null, now),
                        new Row("", now),
                        new Row("x".repeat(2_000), now),
                        new Row("timeless", null)))
                .isEmpty();
        assertThat(world.told(WatchEvent.Irregular.class))
                .extracting(WatchEvent.Irregular::problem)
                .containsExactlyInAnyOrder(
                        "It has no id",
                        "It has no id",
                        "Its id is longer than 1000 characters",
                        "It has no last update time that can be read");
        assertThat(world.told(WatchEvent.Irregular.class))
                .allSatisfy(row -> assertThat(row.json()).startsWith("Row[").hasSizeLessThanOrEqualTo(4_096));
    }

    @Test
    void shouldDeliverARowThatWasMended() {
        world.rows.add(new Row("a", null));
        world.start(options());
        world.pass(MINUTE);
        Row mended = new Row("a", world.now());
        world.rows.set(0, mended);
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(mended);
    }

    @Test
    void shouldTellNoMoreOfARowThanItNeeds() {
        world.rows.add(new Row(null, world.now(), "x".repeat(1_000_000)));
        world.start(options());
        world.pass(MINUTE);

        assertThat(world.told(WatchEvent.Irregular.class))
                .singleElement()
                .satisfies(row -> assertThat(row.json()).hasSize(4_096));
    }

    @Test
    void shouldKeepItsMemoryOfSuchRowsBounded() {
        for (int poll = 0; poll < 30; poll++) {
            int from = poll * 1_000;
            IntStream.range(0, 1_000)
                    .forEach(i -> world.rows.add(new Row(null, world.now(), Integer.toString(from + i))));
        }
        world.start(options());
        world.pass(MINUTE.multipliedBy(5));

        assertThat(world.told(WatchEvent.Irregular.class)).hasSize(IrregularRows.MOST_ROWS);
    }

    @Test
    void shouldTellOfItemsThatCannotBeReadAndGoOn() {
        Row good = new Row("a", world.now());
        world.rows.add(good);
        UnreadableItem nothing = new UnreadableItem("$.value[0]", "Expected an object but found null", "null", 4);
        world.start(
                (from, notes) -> {
                    notes.unreadable(nothing);
                    return world.service(from, notes);
                },
                options());
        world.pass(MINUTE.multipliedBy(10));

        assertThat(world.delivered()).containsExactly(good);
        assertThat(world.told(WatchEvent.Irregular.class))
                .containsExactly(new WatchEvent.Irregular("alerts", nothing.problem(), "null"));
    }

    // ---- what is delivered -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line\nbreak",
                "carriage\r\nreturn",
                "\u0000\u0007\u001B[2J\u007F\u0085\u009B",
                "\u202Eright to left",
                "half a pair \uD83D",
                " blanks ",
                "back\\slash\nn",
                "seen 2026-11-03T04:05:06Z other"
            })
    void shouldDeliverAndRememberIdsOfAnyKind(String id) {
        world.store = CursorStore.file(folder.resolve("cursor"));
        Row odd = new Row(id, world.now());
        assertThat(deliveredFromAFile(odd)).containsExactly(odd);
        assertThat(deliveredFromAFile(odd))
                .as("by the next watch on the same file")
                .isEmpty();
    }

    /** The file is written on threads of its own, so this one waits for them. */
    private List<Row> deliveredFromAFile(Row row) {
        List<Row> delivered = new ArrayList<>();
        CursorStore.Session session = world.store.open().block(MINUTE);
        Progress kept = session.load().block(MINUTE);
        DeliveryLog deliveries = new DeliveryLog();
        deliveries.load(kept.seen());
        SeenVersion version = new SeenVersion(row.id(), row.updated());
        if (!deliveries.knows(version)) {
            delivered.add(row);
            session.replace(new Progress(Cursor.startingAt(world.now()), List.of()))
                    .block(MINUTE);
            session.acknowledge(version).block(MINUTE);
            session.advance(Cursor.startingAt(world.now()), List.of()).block(MINUTE);
        }
        session.close().block(MINUTE);
        return delivered;
    }

    @Test
    void shouldDeliverEachVersionOfAnItemThatStandsInAPageTwice() {
        Row one = new Row("a", world.now());
        Row same = new Row("a", world.now());
        Row newer = new Row("a", world.now().plusSeconds(1));
        Row older = new Row("a", world.now().plusMillis(500));

        assertThat(among(one, same, newer, older)).containsExactly(one, newer, older);
        assertThat(world.told(WatchEvent.Irregular.class)).isEmpty();
    }

    @Test
    void shouldTellOfARowThatContradictsAnotherOfItsVersion() {
        Row one = new Row("a", world.now(), "one");
        Row two = new Row("a", world.now(), "two");

        assertThat(among(one, two)).containsExactly(one);
        assertThat(world.told(WatchEvent.Irregular.class))
                .singleElement()
                .satisfies(row -> assertThat(row.json()).contains("two"));
    }

    @Test
    void shouldDeliverChangesBehindATimeOfTheYear2999() {
        Row far = new Row("a", Instant.parse("2999-01-01T00:00:00Z"));
        world.rows.add(far);
        world.start(options());
        world.pass(MINUTE);
        Row changed = new Row("a", world.now());
        world.rows.set(0, changed);
        world.pass(MINUTE);
        world.rows.set(0, far);
        world.pass(MINUTE);
        Row again = new Row("a", world.now());
        world.rows.set(0, again);
        world.pass(MINUTE.multipliedBy(100));

        assertThat(world.delivered()).containsExactly(far, changed, again);
        assertThat(world.got)
                .extracting(Delivery::kind)
                .containsExactly(Delivery.Kind.NEW, Delivery.Kind.UPDATED, Delivery.Kind.UPDATED);
        assertThat(world.watermark()).isBeforeOrEqualTo(world.now());
    }

    @Test
    void shouldDeliverAnItemThatFlipsBackToAnOlderVersionAndItsLaterChanges() {
        Row newer = new Row("a", world.now().plusSeconds(30));
        Row older = new Row("a", world.now().plusSeconds(10));
        world.rows.add(newer);
        world.start(options());
        world.pass(MINUTE);
        world.rows.set(0, older);
        world.pass(MINUTE);
        Row later = new Row("a", world.now());
        world.rows.set(0, later);
        world.pass(MINUTE);

        assertThat(world.delivered()).containsExactly(newer, older, later);
    }

    /** Two replicas that do not agree must not make the same two deliveries at every poll. */
    @Test
    void shouldNotFlipFlopWithTheReplicasOfTheService() {
        Row newer = new Row("a", world.now().plusSeconds(30));
        Row older = new Row("a", world.now());
        world.rows.add(newer);
        world.start(options());
        for (int i = 0; i < 60; i++) {
            world.pass(Duration.ofSeconds(30));
            world.rows.set(0, i % 2 == 0 ? older : newer);
        }

        assertThat(world.delivered()).containsExactly(newer, older);
    }

    /** Whatever the service does in one id, memory does not grow without end. */
    @Test
    void shouldKeepAsManyVersionsOfAnItemAsThereCanBe() {
        DeliveryLog deliveries = new DeliveryLog();
        for (int i = 0; i < 10_000; i++) {
            deliveries.delivered(new SeenVersion("a", world.now().plusSeconds(i)), 1, 0);
        }
        assertThat(deliveries.all()).hasSize(DeliveryLog.MOST_VERSIONS);
        assertThat(deliveries.knows(new SeenVersion("a", world.now().plusSeconds(9_999))))
                .isTrue();
    }

    @Test
    void shouldRefuseToRememberMoreThanFitsAndForgetItsSize() {
        DeliveryLog deliveries = new DeliveryLog(259 * 100);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 98; i++) {
                deliveries.delivered(new SeenVersion("a" + i, world.now()), 1, 0);
                deliveries.delivered(new SeenVersion("a" + i, world.now()), 1, 0);
            }
            world.pass(MINUTE);
            assertThat(deliveries.forgetBefore(world.now(), id -> false)).hasSize(98);
        }
        for (int i = 0; i < 1_000; i++) {
            deliveries.delivered(new SeenVersion("a", world.now().plusSeconds(i)), 1, 0);
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        deliveries.delivered(new SeenVersion("b" + i, world.now()), 1, 0);
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Start at a later time, or give the JVM more memory");
    }

    // ---- what was not asked for --------------------------------------------------------------------------------

    @Test
    void shouldTellOfARowThatWasNotAskedForAndGoOn() {
        Row good = new Row("a", world.now());
        world.rows.add(good);
        Row ancient = new Row("ancient", Instant.parse("1970-01-01T00:00:00Z"));
        world.start((from, notes) -> world.service(from, notes).concatWithValues(ancient), options());
        world.pass(MINUTE.multipliedBy(10));

        assertThat(world.failures).isEmpty();
        assertThat(world.delivered()).containsExactly(good);
        assertThat(world.told(WatchEvent.Irregular.class))
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("before the start of the poll"));
    }

    @Test
    void shouldGoOnWithManyRowsThatWentBackToWhatIsKnown() {
        List<Row> good = IntStream.range(0, 100)
                .mapToObj(i -> new Row("a" + i, world.now()))
                .toList();
        world.rows.addAll(good);
        world.start(
                (from, notes) -> world.service(from, notes)
                        .concatWith(Flux.fromIterable(good)
                                .map(row -> new Row(row.id(), row.updated().minus(Duration.ofDays(90))))),
                options());
        world.pass(MINUTE.multipliedBy(10));

        assertThat(world.failures).isEmpty();
        assertThat(world.delivered()).containsExactlyElementsOf(good);
    }

    @Test
    void shouldEndWhenHardlyARowWasAskedFor() {
        Instant old = world.now().minus(Duration.ofDays(90));
        Disposable watch = world.start(
                (from, notes) -> Flux.range(0, 1_000).map(i -> new Row("a" + i, i % 5 == 0 ? world.now() : old)),
                options());
        world.pass(MINUTE);

        assertThat(watch.isDisposed()).isTrue();
        assertThat(world.failures)
                .singleElement()
                .isInstanceOf(WatchException.class)
                .satisfies(failure -> assertThat(failure).hasMessageContaining("ignores the filter"));
    }
}
