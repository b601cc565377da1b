package io.github.defenderreactive.identity;

import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** The library's own transport, which also says how much it was used. */
final class CountingTransport implements Transport, AutoCloseable {

    private final ReactorNettyTransport wire = ReactorNettyTransport.create(
            TransportOptions.builder().plainHttpHost("localhost").build());
    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return Flux.defer(() -> {
            requests.incrementAndGet();
            return wire.exchange(request, reader);
        });
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        wire.dispose();
    }
}
