package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.cli.internal.progress.Progress;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Printing of streams. */
public final class Printing {

    private static final int PREFETCH = 256;

    private Printing() {}

    /**
     * Prints a stream on a thread that may block, and waits until it terminates. The prefetch bounds the rows that are
     * requested in advance.
     *
     * @param rows the rows; their error is thrown
     * @param output the destination
     */
    public static void print(Flux<? extends JsonEncodable> rows, Output output) {
        print(rows, output::row);
    }

    /**
     * Prints a stream as {@link #print(Flux, Output)} does, and counts the printed rows.
     *
     * @param rows the rows; their error is thrown
     * @param output the destination
     * @param progress counts the rows
     */
    public static void print(Flux<? extends JsonEncodable> rows, Output output, Progress progress) {
        print(rows, row -> {
            output.row(row);
            progress.add(1);
        });
    }

    private static void print(Flux<? extends JsonEncodable> rows, Consumer<JsonEncodable> row) {
        rows.publishOn(Schedulers.boundedElastic(), PREFETCH)
                .doOnNext(row)
                .then()
                .block();
    }

    /**
     * Returns an item of a response as JSON.
     *
     * @param item a model, a number or a text
     * @return the same value, which can be written
     */
    public static JsonEncodable encodable(Object item) {
        if (item instanceof JsonEncodable encodable) {
            return encodable;
        }
        if (item instanceof Number number) {
            return out -> out.number(number.longValue());
        }
        return out -> out.string(String.valueOf(item));
    }
}
