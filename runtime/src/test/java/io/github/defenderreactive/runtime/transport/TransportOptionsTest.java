package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransportOptionsTest {

    @Test
    void shouldKeepEveryValueWhenMutated() {
        TransportOptions options = TransportOptions.builder()
                .interactiveConnections(1)
                .bulkConnections(2)
                .maxPending(3)
                .acquireTimeout(Duration.ofSeconds(4))
                .connectTimeout(Duration.ofSeconds(5))
                .tlsTimeout(Duration.ofSeconds(6))
                .responseTimeout(Duration.ofSeconds(7))
                .readTimeout(Duration.ofSeconds(8))
                .idleTimeout(Duration.ofSeconds(9))
                .maxLifetime(Duration.ofSeconds(10))
                .evictionInterval(Duration.ofSeconds(11))
                .receiveBufferBytes(12_000)
                .readBytes(13_000)
                .proxy(HttpProxy.of("proxy", 8080))
                .build();
        assertThat(options.mutate().build()).usingRecursiveComparison().isEqualTo(options);
        assertThat(options).usingRecursiveComparison().isNotEqualTo(TransportOptions.defaults());
        assertThat(options.mutate()
                        .receiveBufferBytes(TransportOptions.SYSTEM_RECEIVE_BUFFER)
                        .build()
                        .receiveBufferBytes())
                .isZero();
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        TransportOptions.Builder builder = TransportOptions.builder();
        assertThatThrownBy(() -> builder.readTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readTimeout");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.bulkConnections(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.readBytes(10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpProxy.of("proxy", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
