package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Lists, lines, texts and bytes that are not paged, over real connections. */
class StreamWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than all buffers between two processes of one machine hold. */
    private static final long LARGE = 64L << 20;

    private static final long READ_AHEAD_LIMIT = LARGE / 2;

    private static final Operation<ByteBuffer> BYTES = operation("getContent", ResponseShape.BYTES, null);
    private static final Operation<String> TEXT = operation("getText", ResponseShape.TEXT, null);

    private FaultServer server;
    private ReactorNettyTransport transport;

    /** The two forms of a list. */
    enum Form {
        ARRAY("[", ",", "]", Row::read),
        LINES("", "\n", "\n", JsonDecoder.lines(Row::read));

        private final String before;
        private final String between;
        private final String after;
        private final Operation<Row> operation;

        Form(String before, String between, String after, JsonDecoder<Row> decoder) {
            this.before = before;
            this.between = between;
            this.after = after;
            this.operation = operation("list" + name(), ResponseShape.ITEMS, decoder);
        }

        private String of(List<Row> rows) {
            return rows.stream().map(Row::json).collect(Collectors.joining(between, before, after));
        }
    }

    private static <T> Operation<T> operation(String id, ResponseShape shape, JsonDecoder<T> decoder) {
        OperationInfo info = OperationInfo.builder()
                .api("test")
                .id(id)
                .tag("rows")
                .method("GET")
                .path("/rows")
                .replaySafety(ReplaySafety.SAFE)
                .build();
        return new Operation<>(info, shape, decoder, null, null, null);
    }

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        transport = ReactorNettyTransport.create(TransportOptions.builder()
                .bulkConnections(2)
                .readTimeout(Duration.ofMillis(250))
                .build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    private PipelineBuilder pipeline() {
        return Pipelines.over(transport).apiRoot(server.uri("/api"));
    }

    private Flux<Row> items(Form form) {
        return pipeline().build().items(form.operation.call().build());
    }

    private Flux<ByteBuffer> bytes() {
        return pipeline().build().bytes(BYTES.call().build());
    }

    @ParameterizedTest
    @EnumSource
    void shouldEmitItemsInOrderAndKeepTheConnection(Form form) {
        List<Row> rows = RowService.rows(0, 5_000);
        server.answer(Answer.json(form.of(rows)).chunked(700));

        for (int i = 0; i < 2; i++) {
            StepVerifier.create(items(form).publishOn(Schedulers.parallel(), 3).collectList())
                    .expectNext(rows)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowItemsToAListener(Form form) {
        List<Row> rows = RowService.rows(0, 3);
        server.answer(Answer.json(form.of(rows)));
        List<JsonEncodable> decoded = new CopyOnWriteArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public boolean wantsItems() {
                return true;
            }

            @Override
            public void itemDecoded(JsonEncodable item) {
                decoded.add(item);
            }
        };

        StepVerifier.create(pipeline()
                        .listener((operation, context) -> listener)
                        .build()
                        .items(form.operation.call().build()))
                .expectNextSequence(rows)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(decoded).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEmitAnItemBeforeTheNextOneArrives(Form form) {
        server.answer(Answer.json(form.of(RowService.rows(0, 3))).breakAfter(13, Answer.Ending.STALL));

        StepVerifier.create(items(form))
                .expectNext(new Row("r0"))
                .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(CallTimeoutException.class))
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldReadLinesNoFasterThanTheirSubscriberAndStopWithIt() {
        byte[] row = ("{\"id\":\"" + "x".repeat(1000) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        server.answer(Answer.json("").repeated(row, LARGE / row.length));

        assertThatDemandIsStrict(items(Form.LINES));
    }

    @ParameterizedTest
    @EnumSource
    void shouldLimitAnItemAndNotTheLines(Form form) {
        JsonLimits limits =
                JsonLimits.DEFAULT.mutate().itemBytes(2000).pageBytes(3000).build();
        Pipeline pipeline = pipeline().limits(limits).build();
        String large = "y".repeat(1900);
        server.answer(Answer.json(form.of(List.of(new Row(large), new Row(large), new Row(large + large)))));

        StepVerifier.create(pipeline.items(form.operation.call().build()))
                .expectNextCount(form == Form.LINES ? 2 : 0)
                .thenConsumeWhile(row -> form == Form.ARRAY)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodeException.class)
                        .hasMessageContaining(form == Form.LINES ? "Item larger than 2000" : "Page larger than 3000"))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailIfTheListIsCut(Form form) {
        String rows = form.of(RowService.rows(0, 3));
        server.enqueue(Answer.json(rows).breakAfter(20, Answer.Ending.RESET));
        StepVerifier.create(items(form))
                .expectNext(new Row("r0"))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);

        server.enqueue(Answer.json(rows.substring(0, 20)));
        StepVerifier.create(items(form))
                .expectNext(new Row("r0"))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("end of input"))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRetryBeforeTheFirstItem(Form form) {
        server.enqueue(Answer.status(503), Answer.nothing(Answer.Ending.CLOSE));
        server.answer(Answer.json(form.of(RowService.rows(0, 2))));

        StepVerifier.create(items(form))
                .expectNextSequence(RowService.rows(0, 2))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeEmptyWithoutContent(Form form) {
        server.answer(Answer.status(204));

        StepVerifier.create(items(form)).expectComplete().verify(PATIENCE);
    }

    @Test
    void shouldReportAnErrorInPlaceOfALine() {
        server.answer(Answer.json("{\"id\":\"a\"}\n{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"no\"}}\n"));

        StepVerifier.create(items(Form.LINES))
                .expectNext(new Row("a"))
                .expectError(DefenderException.class)
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEmitEveryByte(boolean coded) {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Answer answer = Answer.json("").body(content);
        server.answer(coded ? answer.gzip() : answer.chunked(5000));

        StepVerifier.create(bytes().publishOn(Schedulers.parallel(), 2).collectList())
                .assertNext(buffers -> assertThat(joined(buffers)).isEqualTo(content))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.openConnections()).isEqualTo(1);
    }

    private static byte[] joined(List<ByteBuffer> buffers) {
        ByteBuffer all = ByteBuffer.allocate(
                buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(all::put);
        return all.array();
    }

    @Test
    void shouldReadBytesNoFasterThanTheirSubscriberAndStopWithIt() {
        server.answer(Answer.json("").repeated(new byte[1 << 16], LARGE >> 16));

        assertThatDemandIsStrict(bytes());
    }

    @Test
    void shouldSendNothingForASubscriberThatCancelsFirst() {
        StepVerifier.create(bytes(), 0).expectSubscription().thenCancel().verify(PATIENCE);

        assertThat(server.connections()).isZero();
    }

    @Test
    void shouldFailIfBytesAreCut() {
        server.answer(Answer.json("").repeated(new byte[1 << 16], 4).breakAfter(100_000, Answer.Ending.RESET));

        StepVerifier.create(bytes())
                .thenConsumeWhile(ByteBuffer::hasRemaining)
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRetryBytesBeforeTheFirstAndMapErrors() {
        server.enqueue(Answer.status(503), Answer.json("x"), Answer.status(404));

        StepVerifier.create(bytes()).expectNextCount(1).expectComplete().verify(PATIENCE);
        StepVerifier.create(bytes()).expectError(NotFoundException.class).verify(PATIENCE);
    }

    @Test
    void shouldEndAWaitForTheFirstByteAndNotAPauseAfterIt() {
        Pipeline pipeline = pipeline().deadline(Duration.ofMillis(200)).build();
        server.enqueue(Answer.nothing(Answer.Ending.STALL));
        StepVerifier.create(pipeline.bytes(BYTES.call().build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                CallTimeoutException.class,
                                timeout -> assertThat(timeout.phase()).isEqualTo(CallTimeoutException.Phase.DEADLINE)))
                .verify(PATIENCE);

        server.enqueue(Answer.json("").repeated(new byte[1 << 16], 4));
        StepVerifier.create(pipeline.bytes(BYTES.call().build()), 1)
                .expectNextCount(1)
                .thenAwait(Duration.ofMillis(300))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(ByteBuffer::hasRemaining)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDecodeTextByItsCharset() {
        server.enqueue(
                Answer.json("")
                        .body("schön".getBytes(StandardCharsets.ISO_8859_1))
                        .header("Content-Type", "text/plain; charset=\"ISO-8859-1\""),
                Answer.json("schön").header("Content-Type", "text/plain; charset=none-such"),
                Answer.json(""));

        for (String text : List.of("schön", "schön", "")) {
            StepVerifier.create(text(pipeline()))
                    .expectNext(text)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    private static Flux<String> text(PipelineBuilder pipeline) {
        return pipeline.build().text(TEXT.call().build()).flux();
    }

    @Test
    void shouldRefuseTextThatIsCutOrTooLarge() {
        server.answer(Answer.json("").repeated("abcd".getBytes(StandardCharsets.UTF_8), 1 << 20));
        PipelineBuilder limited =
                pipeline().limits(JsonLimits.DEFAULT.mutate().entityBytes(1000).build());
        StepVerifier.create(text(limited))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodeException.class)
                        .hasMessageContaining("Text larger than 1000 bytes"))
                .verify(PATIENCE);

        server.answer(Answer.json("abcd").breakAfter(2, Answer.Ending.RESET));
        StepVerifier.create(text(pipeline()))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    private void assertThatDemandIsStrict(Publisher<?> stream) {
        StepVerifier.create(stream, 0)
                .expectSubscription()
                .then(() -> assertThat(server.requests()).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .thenAwait(Duration.ofMillis(200))
                .then(() -> assertThat(server.acceptedBytes()).isLessThan(READ_AHEAD_LIMIT))
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify(PATIENCE);

        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }
}
