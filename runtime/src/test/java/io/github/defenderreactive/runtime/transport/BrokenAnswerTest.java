package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.sizes;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class BrokenAnswerTest {

    private final ReactorNettyTransport transport = ReactorNettyTransport.create();
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    private void verifyBroken(boolean sent) {
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isEqualTo(sent)))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "HALF_CLOSE"})
    void shouldSayWhenNoHeadComes(Ending ending) {
        server.answer(Answer.nothing(ending));
        verifyBroken(true);
        assertThat(server.requests()).as("nothing is repeated").hasSize(1);
    }

    static Stream<Arguments> cuts() {
        Answer known = Answer.json("x".repeat(1_000));
        Answer chunked = known.chunked(100);
        return Stream.of(Ending.CLOSE, Ending.RESET, Ending.HALF_CLOSE)
                .flatMap(ending -> Stream.of(0, 1, 500, 999)
                        .flatMap(bytes -> Stream.of(
                                        known,
                                        chunked,
                                        known.gzip(),
                                        known.rawDeflate().chunked(3))
                                .map(answer -> Arguments.of(ending, bytes, answer))))
                .filter(cut -> {
                    Answer answer = (Answer) cut.get()[2];
                    return !answer.isWholeWithin((int) cut.get()[1]);
                });
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void shouldNeverTakeACutBodyForAWholeOne(Ending ending, int bytes, Answer answer) {
        server.answer(answer.breakAfter(bytes, ending));
        verifyBroken(true);
    }

    @Test
    void shouldNotTakeAChunkedBodyWithoutItsLastChunkForAWholeOne() {
        // ten chunks of 100 bytes with their frames, and nothing of the last one
        server.answer(Answer.json("x".repeat(1_000)).chunked(100).breakAfter(10 * 106, Ending.CLOSE));
        verifyBroken(true);
    }

    @Test
    void shouldSayWhenTheAnswerIsNoHttp() {
        server.answer(Answer.nothing(Ending.CLOSE).raw("SSH-2.0-x\r\n\r\n"));
        verifyBroken(true);
    }

    @Test
    void shouldSayWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        StepVerifier.create(text(transport, get(URI.create("http://127.0.0.1:" + port + "/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .hasMessageContaining("127.0.0.1:" + port)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isFalse()))
                .verify(PATIENCE);
    }

    @Test
    void shouldSayWhenTheHostIsNotKnown() {
        // A name server may be slow to say that there is no such host, and is asked again.
        ReactorNettyTransport hasty = ReactorNettyTransport.create(
                TransportOptions.builder().connectTimeout(Duration.ofSeconds(2)).build());
        try {
            StepVerifier.create(text(hasty, get(URI.create("https://no-such-host.invalid/"))))
                    .expectError(TransientDefenderException.class)
                    .verify(PATIENCE);
        } finally {
            hasty.closeLater().block(PATIENCE);
        }
    }

    /** Neither a dropped error nor a lost buffer, wherever it is cancelled: {@code TestGuards} looks for both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21})
    void shouldCancelCleanlyAfterAnyItem(int items) {
        List<Answer> answers = List.of(
                Answer.status(200).repeated(new byte[1000], 400),
                Answer.json("x".repeat(300_000)).chunked(1000),
                Answer.json("x".repeat(300_000)).gzip(),
                Answer.json("x".repeat(300_000)).breakAfter(200_000, Ending.RESET));
        for (Answer answer : answers) {
            server.answer(answer.slowly(9_000, Duration.ofMillis(1)));
            StepVerifier.create(sizes(transport, get(server.uri("/")))
                            .onErrorComplete()
                            .take(items))
                    .thenConsumeWhile(size -> true)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> server.openConnections() <= 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 20, 50})
    void shouldCancelCleanlyAtAnyTime(int millis) {
        server.answer(Answer.status(200).repeated(new byte[1000], 400).slowly(9_000, Duration.ofMillis(1)));
        StepVerifier.create(sizes(transport, get(server.uri("/"))).take(Duration.ofMillis(millis)))
                .thenConsumeWhile(size -> true)
                .expectComplete()
                .verify(PATIENCE);
        server.answer(Answer.nothing(Ending.RESET));
        StepVerifier.create(sizes(transport, get(server.uri("/")))
                        .take(Duration.ofMillis(millis))
                        .onErrorComplete())
                .expectComplete()
                .verify(PATIENCE);
    }
}
