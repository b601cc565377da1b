package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static io.github.defenderreactive.runtime.transport.InterimResponseTest.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Bytes that leave in doubt which request they belong to. */
class ResponseInDoubtTest extends OneConnectionPerLane {

    private static final String ANOTHER = response("of another");

    private void verifyOwn() {
        server.answer(request -> Answer.json("for " + request.uri()));
        StepVerifier.create(text(transport, get(server.uri("/next"))))
                .expectNext("200 for /next")
                .expectComplete()
                .verify(PATIENCE);
    }

    private void verifyLost(boolean sent) {
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isEqualTo(sent)))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nof another",
                "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 2",
                "H",
                "\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "garbage"
            })
    void shouldCloseAnIdleConnectionOnWhichBytesArrive(String bytes) {
        verifyOwn();
        await().atMost(PATIENCE).until(() -> server.openConnections() == 1);
        server.say(bytes);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);

        verifyOwn();
    }

    /** The event loop is kept busy meanwhile, so that the bytes are met with the request and not by the idle connection. */
    @Test
    void shouldNotTakeForAResponseWhatLiesInTheSocketAlready() throws Exception {
        server.answer(request -> Answer.json("for " + request.uri()));
        AtomicReference<EventExecutor> loop = new AtomicReference<>();
        StepVerifier.create(transport.exchange(get(server.uri("/first")), (head, body) -> {
                    loop.set(ThreadExecutorMap.currentExecutor());
                    return body.then(Mono.just(head.status()));
                }))
                .expectNext(200)
                .expectComplete()
                .verify(PATIENCE);
        AtomicBoolean busy = new AtomicBoolean(true);
        AtomicReference<String> answer = new AtomicReference<>();
        AtomicBoolean begun = new AtomicBoolean();
        loop.get().execute(() -> {
            begun.set(true);
            while (busy.get()) {
                // not blocked, which this thread must not be
            }
        });
        await().atMost(PATIENCE).untilTrue(begun);
        server.say(ANOTHER);
        Disposable second =
                text(transport, get(server.uri("/second"))).subscribe(answer::set, error -> answer.set("" + error));
        busy.set(false);

        await().atMost(PATIENCE).until(() -> answer.get() != null);
        assertThat(answer.get())
                .contains("bytes were received although no response was due")
                .contains("ConnectionException");
        assertThat(second.isDisposed()).isTrue();
        assertThat(server.requests()).extracting(FaultServer.Request::uri).containsExactly("/first");
        verifyOwn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nof another",
                "HTTP/1.1 2",
                "x",
                "\r\nx",
                "HTTP/1.1 103 Early Hints\r\n\r\n"
            })
    void shouldNotTakeAResponseThatIsFollowedByBytesInItsSegment(String bytes) {
        for (String framed : List.of(
                response("own"),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nown\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nown\r\n0\r\nX-T: 1\r\n\r\n",
                "HTTP/1.1 204 -\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            server.enqueue(Answer.nothing(Ending.KEEP).raw(framed + bytes));
            verifyLost(true);
            await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
            verifyOwn();
        }
    }

    @Test
    void shouldNotTakeTheStartOfABodyForItsWhole() {
        server.enqueue(Answer.nothing(Ending.KEEP).raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"value\":[]}"));

        verifyLost(true);
        verifyOwn();
    }

    @Test
    void shouldTakeAResponseThatIsFollowedByLineEnds() {
        server.enqueue(Answer.nothing(Ending.KEEP).raw(response("own") + "\r\n\r\n"));

        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 own")
                .expectComplete()
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        verifyOwn();
    }

    @Test
    void shouldEndABodyWithAnErrorWhenMoreThanItArrives() {
        String body = "x".repeat(300_000);
        server.enqueue(Answer.nothing(Ending.KEEP).raw(response(body) + ANOTHER));

        verifyLost(true);
        verifyOwn();
    }

    /** Nobody has asked the body for anything when the rest of it turns out to be too long. */
    @Test
    void shouldEndABodyThatIsNotReadYet() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        server.enqueue(
                Answer.nothing(Ending.KEEP).raw(head + "own" + ANOTHER).slowly(head.length(), Duration.ofMillis(100)));
        Sinks.Empty<Void> later = Sinks.empty();
        Flux<String> exchange = transport.exchange(
                get(server.uri("/")),
                (answer, body) -> later.asMono().thenMany(body).map(bytes -> "bytes"));

        StepVerifier.create(exchange)
                .expectSubscription()
                .then(() -> {
                    await().atMost(PATIENCE).until(() -> server.openConnections() == 1);
                    server.say("x");
                    await().atMost(PATIENCE)
                            .until(() -> server.openConnections() == 0
                                    || later.tryEmitEmpty().isSuccess());
                    later.tryEmitEmpty();
                })
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        verifyOwn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "SSH-2.0-x\r\n\r\n",
                "\r\n\r\nHELO\r\n"
            })
    void shouldCloseTheConnectionAtWhatIsNoHttp(String bytes) {
        server.enqueue(Answer.nothing(Ending.KEEP).raw(bytes));

        verifyLost(true);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        verifyOwn();
    }

    @Test
    void shouldNotQuoteThePeerInTheMessage() {
        server.enqueue(Answer.nothing(Ending.KEEP).raw("HTTP/1.1 200 OK\r\nyou sent: geheim\0\r\n\r\n"));

        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("not valid HTTP")
                        .hasMessageNotContaining("geheim")
                        .hasNoCause())
                .verify(PATIENCE);
    }

    @Test
    void shouldNotTakeASuccessThatCameBeforeTheRequestWasSent() {
        server.answerHead(Answer.nothing(Ending.KEEP).raw(response("of another")));
        Sinks.Empty<ByteBuffer> rest = Sinks.empty();
        TransportRequest upload = new TransportRequest(
                "POST",
                server.uri("/"),
                Map.of(),
                RequestBody.streamed(
                        200_000,
                        Flux.range(0, 2)
                                .map(i -> ByteBuffer.wrap(new byte[100_000]))
                                .concatWith(rest.asMono())),
                Lane.INTERACTIVE);

        StepVerifier.create(text(transport, upload))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("before the request was completely sent"))
                .verify(PATIENCE);
        verifyOwn();
    }

    /** The end of what has no length is the end of the connection, so all of it is the body. */
    @Test
    void shouldReadABodyWithoutALengthToTheEndOfTheConnection() {
        server.enqueue(Answer.nothing(Ending.CLOSE).raw("HTTP/1.1 200 OK\r\n\r\n" + ANOTHER));
        server.enqueue(Answer.nothing(Ending.CLOSE).raw("HTTP/1.0 200 OK\r\n\r\nown"));

        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 " + ANOTHER)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 own")
                .expectComplete()
                .verify(PATIENCE);
        verifyOwn();
    }

    /** Whoever reads the framing the other way takes the rest of the response for the next one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 300",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked"
            })
    void shouldNotTakeAResponseWithTwoFramings(String head) {
        server.enqueue(Answer.nothing(Ending.KEEP).raw(head + "\r\n\r\n3\r\nown\r\n0\r\n\r\n"));

        verifyLost(true);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        verifyOwn();
    }

    @Test
    void shouldReadTrailers() {
        server.enqueue(Answer.nothing(Ending.KEEP)
                .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nown\r\n0\r\nX-Trailer: 1\r\n\r\n"));

        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 own")
                .expectComplete()
                .verify(PATIENCE);
        verifyOwn();
        assertThat(server.connections()).as("the connection is used again").isOne();
    }
}
