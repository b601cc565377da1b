package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.http.ContentDecoder;
import io.github.defenderreactive.runtime.internal.http.GzipDecoder;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;

/** The rules of Reactive Streams for the bytes of one answer. */
class ResponseBodyFluxVerificationTest {

    private static final EventLoop LOOP = new DefaultEventLoop();
    private static final byte[] PIECE = {1, 2, 3};

    @AfterAll
    static void stop() {
        LOOP.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesForBytesAsTheyAre() {
        return ReactiveStreamsRules.of(elements -> body(elements, PIECE, null));
    }

    /** Each piece is a member of its own, so that it is one buffer again when it is decoded. */
    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesForCodedBytes() {
        return ReactiveStreamsRules.of(elements -> body(elements, zipped(PIECE), new GzipDecoder()));
    }

    private static Flux<ByteBuffer> body(long elements, byte[] piece, ContentDecoder decoder) {
        Flux<ByteBuf> connection = Flux.generate(() -> 1L, (number, sink) -> {
            if (number <= elements) {
                sink.next(Unpooled.wrappedBuffer(piece));
            }
            if (number >= elements) {
                sink.complete();
            }
            return number + 1;
        });
        return new ResponseBodyFlux(
                connection,
                LOOP,
                Duration.ofMinutes(1),
                null,
                decoder,
                failure -> new ConnectionException("broken", true, ErrorContext.NONE, failure));
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
