package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The rules of Reactive Streams for the decoder alone, without the pages around it. */
class EnvelopeVerificationTest {

    private static final JsonLimits NO_LIMIT = JsonLimits.builder()
            .itemBytes(1 << 20)
            .entityBytes(1 << 20)
            .depth(10)
            .pageBytes(Long.MAX_VALUE)
            .build();

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesWithSeveralItemsInAChunk() {
        return ReactiveStreamsRules.of(elements -> decoded(elements, 3));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesWithAnItemInSeveralChunks() {
        return ReactiveStreamsRules.of(elements -> decoded(elements, 0));
    }

    private static Publisher<Row> decoded(long elements, int itemsInAChunk) {
        return new PageProgress<Row>(Row::read, Paging.NONE, NO_LIMIT, PageOptions.DEFAULTS)
                .read(new ResponseHead(200, Map.of()), body(elements, itemsInAChunk));
    }

    /** Made as it is asked for, because it may be longer than memory. */
    private static Flux<ByteBuffer> body(long elements, int itemsInAChunk) {
        Flux<String> items = Flux.generate(() -> 0L, (made, sink) -> {
            if (made == elements) {
                sink.complete();
            } else {
                sink.next((made == 0 ? "" : ",") + "{\"id\":\"" + made + "\"}");
            }
            return made + 1;
        });
        Flux<String> text = Flux.concat(Flux.just("{\"value\":["), items, Flux.just("]}"));
        Flux<String> chunks = itemsInAChunk > 0
                ? text.window(itemsInAChunk, itemsInAChunk).concatMap(window -> window.reduce("", String::concat), 1)
                : text.concatMapIterable(piece -> halves(piece), 1);
        return chunks.map(chunk -> ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> halves(String text) {
        int middle = text.length() / 2;
        return List.of(text.substring(0, middle), text.substring(middle));
    }
}
