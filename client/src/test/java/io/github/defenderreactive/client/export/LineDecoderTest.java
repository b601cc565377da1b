package io.github.defenderreactive.client.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.runtime.json.JsonLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineDecoderTest {

    private static final byte[] TEXT = ("{\"deviceId\":\"1\"}\n\r\n{\"deviceId\":\"\u00fc\"}\r\n"
                    + "{\"deviceId\":\"4\"}\n{\"deviceId\":\"5\"}")
            .getBytes(StandardCharsets.UTF_8);

    private static List<String> decoded(int first, int second, long skipped) {
        LineDecoder<AssetSoftware> decoder =
                new LineDecoder<>("file", AssetSoftware::read, JsonLimits.DEFAULT, skipped, null);
        List<Placed<AssetSoftware>> records = new ArrayList<>();
        decoder.records(ByteBuffer.wrap(TEXT, 0, first)).forEach(records::add);
        decoder.records(ByteBuffer.wrap(TEXT, first, second - first)).forEach(records::add);
        decoder.records(ByteBuffer.wrap(TEXT, second, TEXT.length - second).slice())
                .forEach(records::add);
        records.addAll(decoder.end());
        assertThat(decoder.isComplete()).isTrue();
        return records.stream()
                .map(record -> record.line() + record.record().deviceId() + (record.last() ? "!" : ""))
                .toList();
    }

    @Test
    void shouldReadTheSameRecordsHoweverTheBytesAreSplit() {
        for (int first = 0; first <= TEXT.length; first++) {
            for (int second = first; second <= TEXT.length; second++) {
                assertThat(decoded(first, second, 0)).containsExactly("11", "3\u00fc", "44", "55!");
                assertThat(decoded(first, second, 2)).containsExactly("3\u00fc", "44", "55!");
                assertThat(decoded(first, second, 3)).containsExactly("44", "55!");
                assertThat(decoded(first, second, 5)).isEmpty();
            }
        }
    }

    @Test
    void shouldKnowThatAFileHasFewerLinesThanBefore() {
        LineDecoder<AssetSoftware> decoder =
                new LineDecoder<>("file", AssetSoftware::read, JsonLimits.DEFAULT, 6, null);
        assertThat(decoder.records(ByteBuffer.wrap(TEXT))).isEmpty();

        assertThat(decoder.end()).isEmpty();
        assertThat(decoder.isComplete()).isFalse();
    }
}
