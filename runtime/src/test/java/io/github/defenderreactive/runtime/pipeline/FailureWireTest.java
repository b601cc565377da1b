package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Errors of the JVM over real connections: they happen on the thread of the connection, which tells nobody of them. */
class FailureWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RowService service = new RowService(3_000, 1_000);
    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(
                request -> Answer.json(service.page(URI.create(request.uri()).getRawQuery())));
        // One, so that a connection that is not let go keeps every later read waiting.
        transport = ReactorNettyTransport.create(
                TransportOptions.builder().bulkConnections(1).build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                        new StackOverflowError("too deep"),
                        new OutOfMemoryError("Java heap space"),
                        new NoClassDefFoundError("Gone"))
                .flatMap(error -> Stream.of(0, 1, 999, 1_000, 1_500).map(at -> Arguments.of(error, at)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldTellTheSubscriberThatADecoderFailed(Error error, int at) {
        AtomicInteger decoded = new AtomicInteger();
        Operation<Row> failing = with(in -> {
            Row row = Row.read(in);
            throwAt(decoded.getAndIncrement(), at, error);
            return row;
        });
        assertEnds(failing, rows -> rows, error, at);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldTellTheSubscriberThatItsOwnFunctionFailed(Error error, int at) {
        AtomicInteger mapped = new AtomicInteger();
        assertEnds(
                Row.LIST_UNLIMITED,
                rows -> rows.map(row -> {
                    throwAt(mapped.getAndIncrement(), at, error);
                    return row;
                }),
                error,
                at);
    }

    private void assertEnds(Operation<Row> operation, UnaryOperator<Flux<Row>> own, Error error, int emitted) {
        Pipeline pipeline =
                Pipelines.over(transport).apiRoot(server.uri("/api")).build();
        PagedFlux<Row> rows = pipeline.paged(operation.call().build());
        StepVerifier.create(own.apply(rows))
                .expectNextCount(emitted)
                .expectErrorSatisfies(told ->
                        assertThat(told).isInstanceOf(JvmErrorException.class).hasCause(error))
                .verify(PATIENCE);
        StepVerifier.create(pipeline.paged(Row.LIST_UNLIMITED.call().build()))
                .expectNextCount(3_000)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static Operation<Row> with(JsonDecoder<Row> decoder) {
        Operation<Row> like = Row.LIST_UNLIMITED;
        return new Operation<>(like.info(), like.shape(), decoder, like.key(), null, null);
    }

    private static void throwAt(int now, int at, Error error) {
        if (now == at) {
            throw error;
        }
    }
}
