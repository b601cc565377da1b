package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Encoder of one JSON record per line. */
final class NdjsonEncoder<T extends JsonEncodable> implements RecordEncoder<T> {

    private final JsonWriter json = new JsonWriter();

    @Override
    public byte[] header() {
        return new byte[0];
    }

    @Override
    public byte[] records(List<Placed<T>> records) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(1 << 16);
        try {
            for (Placed<T> placed : records) {
                json.reset().value(placed.record()).writeTo(block);
                block.write('\n');
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return block.toByteArray();
    }
}
