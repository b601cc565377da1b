package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What every {@link CursorStore} must keep to. Extend it for one of your own. */
abstract class CursorStoreContract {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Instant TIME = Instant.parse("2026-11-03T04:05:06.1234567Z");
    static final Cursor CURSOR = new Cursor(TIME, TIME.plusSeconds(60), TIME.plusSeconds(30));

    /** The store; each time the same one, as a process after a restart would find it. */
    abstract CursorStore store();

    static CursorStore.Session opened(CursorStore store) {
        return Objects.requireNonNull(store.open().block(PATIENCE));
    }

    Progress reloaded() {
        CursorStore.Session session = opened(store());
        Progress progress = Objects.requireNonNull(session.load().block(PATIENCE));
        session.close().block(PATIENCE);
        return progress;
    }

    @Test
    void shouldBeginWithNothing() {
        assertThat(reloaded()).isEqualTo(Progress.NONE);
    }

    @Test
    void shouldKeepProgressAndWhatIsAcknowledgedLater() {
        CursorStore.Session session = opened(store());
        assertThat(session.load().block(PATIENCE)).isEqualTo(Progress.NONE);
        Seen first = new Seen("da1_1", TIME);
        Seen second = new Seen("da 2_ø", TIME.plusNanos(100));
        session.replace(new Progress(CURSOR, List.of(first))).block(PATIENCE);
        session.acknowledge(second).block(PATIENCE);
        session.close().block(PATIENCE);

        Progress progress = reloaded();
        assertThat(progress.cursor()).isEqualTo(CURSOR);
        assertThat(progress.seen()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void shouldForgetWhatIsReplaced() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new Seen("old", TIME)))).block(PATIENCE);
        session.acknowledge(new Seen("older", TIME)).block(PATIENCE);
        Progress next = new Progress(Cursor.startingAt(TIME), List.of(new Seen("new", TIME)));
        session.replace(next).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded()).isEqualTo(next);
    }

    @Test
    void shouldKeepAcknowledgementsThatComeAllAtOnce() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
        List<Seen> many =
                IntStream.range(0, 500).mapToObj(i -> new Seen("da" + i, TIME)).toList();
        Flux.fromIterable(many).flatMap(session::acknowledge, 100).then().block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().seen()).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void shouldKeepASecondWatchOut() {
        CursorStore store = store();
        CursorStore.Session session = opened(store);
        assertThatThrownBy(() -> store().open().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("Another watch");
        session.close().block(PATIENCE);

        assertThat(reloaded()).isEqualTo(Progress.NONE);
    }
}
