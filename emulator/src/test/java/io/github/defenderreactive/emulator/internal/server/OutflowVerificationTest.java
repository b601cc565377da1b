package io.github.defenderreactive.emulator.internal.server;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.exchange.CallLog;
import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The rules of Reactive Streams for a body on its way to a socket that takes every piece at once. */
class OutflowVerificationTest {

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRules() {
        return ReactiveStreamsRules.of(OutflowVerificationTest::outflow);
    }

    private static Publisher<ByteBuf> outflow(long elements) {
        CallRecord call = new CallLog().begin(Instant.EPOCH, "GET", "/api/alerts", "listAlerts", true);
        return Flux.defer(() -> {
            Outflow outflow = new Outflow(new EmbeddedChannel(), new Pieces(elements), call, null);
            return outflow.doOnNext(piece -> outflow.written(piece.readableBytes(), true));
        });
    }

    private static final class Pieces implements ResponseBody {

        private long left;

        Pieces(long elements) {
            this.left = elements;
        }

        @Override
        public byte[] next() {
            return left-- > 0 ? new byte[] {1, 2, 3} : null;
        }
    }
}
