package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.query.AlertFields;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

class WatchOptionsTest {

    @Test
    void shouldBeReadableAndKeepEveryValueWhenMutated() {
        CursorStore store = CursorStore.memory();
        Consumer<WatchEvent> listener = event -> {};
        Sinks.Empty<Void> stop = Sinks.empty();
        WatchOptions options = WatchOptions.builder()
                .name("tier-1")
                .since(Instant.EPOCH)
                .from(Cursor.startingAt(Instant.EPOCH))
                .store(store)
                .every(Duration.ofSeconds(1))
                .overlap(Duration.ofSeconds(2))
                .deepOverlap(Duration.ofSeconds(3))
                .deepestOverlap(Duration.ofSeconds(4))
                .filter(AlertFields.ID.eq("da1"))
                .expand(AlertExpansion.EVIDENCE)
                .listener(listener)
                .stopWhen(stop.asMono())
                .build();

        assertThat(options.name()).isEqualTo("tier-1");
        assertThat(options.since()).isEqualTo(Instant.EPOCH);
        assertThat(options.from()).isEqualTo(Cursor.startingAt(Instant.EPOCH));
        assertThat(options.store()).isSameAs(store);
        assertThat(options.every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.overlap()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.deepOverlap()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.deepestOverlap()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.filter()).hasToString(AlertFields.ID.eq("da1").toString());
        assertThat(options.expand()).isEqualTo(AlertExpansion.EVIDENCE);
        assertThat(options.listener()).isSameAs(listener);
        assertThat(options.mutate().build()).usingRecursiveComparison().isEqualTo(options);
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatchOptions.builder().every(Duration.ofMillis(999)))
                .withMessage("every must be >= PT1S, was PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatchOptions.builder().deepOverlap(Duration.ofSeconds(-1)))
                .withMessage("deepOverlap must be >= 0, was PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatchOptions.builder().name(" "))
                .withMessage("name must not be blank");
    }
}
