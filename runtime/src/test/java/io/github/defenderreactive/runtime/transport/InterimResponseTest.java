package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Responses that come before the response. */
class InterimResponseTest extends OneConnectionPerLane {

    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n";
    private static final Duration MOMENT = Duration.ofMillis(50);

    static String response(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private void verifyEachGetsItsOwn(Lane lane) {
        for (String name : List.of("a", "b", "c", "d")) {
            StepVerifier.create(text(transport, get(server.uri("/" + name), lane)))
                    .expectNext("200 for /" + name)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(server.connections()).as("the connection is used again").isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 110, 199})
    void shouldTakeTheResponseBehindAnInterimOne(int status) {
        String interim = "HTTP/1.1 " + status + " Wait\r\nX-Progress: 1\r\n\r\n";
        server.answer(request -> Answer.nothing(Ending.KEEP)
                .raw(interim + response("for " + request.uri()))
                .slowly(interim.length(), MOMENT));

        verifyEachGetsItsOwn(Lane.INTERACTIVE);
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void shouldTakeTheResponseWhenBothComeInOneSegment(Lane lane) {
        server.answer(request -> Answer.nothing(Ending.KEEP).raw(HINTS + HINTS + response("for " + request.uri())));

        verifyEachGetsItsOwn(lane);
    }

    @Test
    void shouldTakeTheResponseWhenBothComeByteByByte() {
        server.answer(request -> Answer.nothing(Ending.KEEP)
                .raw(HINTS + response("for " + request.uri()))
                .slowly(1, Duration.ofNanos(1)));

        verifyEachGetsItsOwn(Lane.INTERACTIVE);
    }

    @Test
    void shouldSkipAnyNumberOfInterimResponses() {
        server.answer(
                request -> Answer.nothing(Ending.KEEP).raw(HINTS.repeat(2_000) + response("for " + request.uri())));

        verifyEachGetsItsOwn(Lane.INTERACTIVE);
    }

    @Test
    void shouldSkipThemOverTls() throws Exception {
        try (FaultServer secure = FaultServer.startTls()) {
            secure.answer(request -> Answer.nothing(Ending.KEEP)
                    .raw(HINTS + response("for " + request.uri()))
                    .slowly(HINTS.length(), MOMENT));
            ReactorNettyTransport trusting = ReactorNettyTransport.create(TransportOptions.builder()
                    .trustedCertificates(List.of(secure.certificate()))
                    .build());
            for (String name : List.of("a", "b", "c")) {
                StepVerifier.create(text(trusting, get(secure.uri("/" + name))))
                        .expectNext("200 for /" + name)
                        .expectComplete()
                        .verify(PATIENCE);
            }
            trusting.dispose();
        }
    }

    @Test
    void shouldSkipOneThatComesWhileTheBodyIsSent() {
        server.answerHead(Answer.nothing(Ending.KEEP).raw(HINTS));
        server.answer(request -> Answer.nothing(Ending.KEEP).raw(response("for " + request.uri())));
        TransportRequest upload = new TransportRequest(
                "POST",
                server.uri("/upload"),
                Map.of(),
                RequestBody.of(java.nio.ByteBuffer.wrap(new byte[1_000])),
                Lane.INTERACTIVE);

        StepVerifier.create(text(transport, upload))
                .then(() -> {
                    await().atMost(PATIENCE).until(() -> server.connections() == 1);
                    server.release();
                })
                .expectNext("200 for /upload")
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"0", "5"})
    void shouldNotWaitLongerForTheResponse(int interimEachMillis) {
        ReactorNettyTransport impatient = ReactorNettyTransport.create(TransportOptions.builder()
                .responseTimeout(Duration.ofMillis(400))
                .build());
        server.answer(
                interimEachMillis == 0
                        ? Answer.nothing(Ending.STALL).raw(HINTS)
                        : Answer.nothing(Ending.STALL)
                                .raw(HINTS.repeat(1_000))
                                .slowly(HINTS.length(), Duration.ofMillis(interimEachMillis)));

        StepVerifier.create(text(impatient, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                CallTimeoutException.class,
                                e -> assertThat(e.phase()).isEqualTo(CallTimeoutException.Phase.RESPONSE)))
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        impatient.dispose();
    }

    @Test
    void shouldSayThatTheResponseWasLostWhenOnlyInterimOnesCame() {
        server.answer(Answer.nothing(Ending.CLOSE).raw(HINTS));

        verifyLost();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
                "HTTP/1.1 101 -\r\n\r\n",
                "HTTP/1.1 099 -\r\n\r\n",
                "HTTP/1.1 0 -\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void shouldCloseTheConnectionAtWhatIsNoResponse(String head) {
        server.enqueue(Answer.nothing(Ending.KEEP).raw(head));
        server.answer(Answer.json("own"));

        verifyLost();
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 own")
                .expectComplete()
                .verify(PATIENCE);
    }

    private void verifyLost() {
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isTrue()))
                .verify(PATIENCE);
    }
}
