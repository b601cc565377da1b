package io.github.defenderreactive.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Rows to the output on a thread that may block; what it asks for ahead is the prefetch and no more. */
final class Printing {

    private static final int PREFETCH = 256;

    private Printing() {}

    static void print(Flux<? extends JsonEncodable> rows, Output output) {
        rows.publishOn(Schedulers.boundedElastic(), PREFETCH)
                .doOnNext(output::row)
                .then()
                .block();
    }

    static JsonEncodable encodable(Object item) {
        if (item instanceof JsonEncodable encodable) {
            return encodable;
        }
        if (item instanceof Number number) {
            return out -> out.number(number.longValue());
        }
        return out -> out.string(String.valueOf(item));
    }
}
