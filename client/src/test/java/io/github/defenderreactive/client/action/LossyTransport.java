package io.github.defenderreactive.client.action;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;

/** Loses requests of actions on their way to the service, and responses on their way back. */
final class LossyTransport implements Transport {

    enum Loss {
        NONE,
        OF_THE_REQUEST,
        OF_THE_RESPONSE
    }

    private final Transport transport;
    private IntFunction<Loss> losses = number -> Loss.NONE;
    private int posts;

    LossyTransport(Transport transport) {
        this.transport = transport;
    }

    /** Sets what happens to each POST by its number, from 0. */
    void losses(IntFunction<Loss> byNumber) {
        losses = byNumber;
        posts = 0;
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return Flux.defer(() -> {
            Loss loss = request.method().equals("POST") ? losses.apply(posts++) : Loss.NONE;
            Flux<T> lost = Flux.error(() -> new ConnectionException("reset", true, ErrorContext.NONE, null));
            return switch (loss) {
                case NONE -> transport.exchange(request, reader);
                case OF_THE_REQUEST -> lost;
                case OF_THE_RESPONSE -> transport.exchange(request, reader).thenMany(lost);
            };
        });
    }
}
