package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import reactor.util.context.ContextView;

/** A download is a call like any other, but for the access token and the permit. */
class ObservedDownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SIGNATURE = "s1gnature";

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<AttemptSummary> attempts = new CopyOnWriteArrayList<>();
    private final List<CallSummary> calls = new CopyOnWriteArrayList<>();

    private final AtomicLong received = new AtomicLong();

    @TempDir
    private Path directory;

    @AutoClose
    private final FaultServer server = FaultServer.start();

    @AutoClose("dispose")
    private final ReactorNettyTransport transport = ReactorNettyTransport.create();

    private final Downloads downloads =
            Downloads.over(transport, policy().build()).observedBy(new Notes());

    private static RetryPolicy.Builder policy() {
        return RetryPolicy.builder().baseDelay(Duration.ZERO).maxDelay(Duration.ZERO);
    }

    private String link() {
        return server.uri("/files/secret-name.zip?sig=" + SIGNATURE).toString();
    }

    private static Answer stored(int length) {
        return Answer.status(200)
                .header("Content-Type", "application/octet-stream")
                .header("x-ms-request-id", "storage-7")
                .body(new byte[length]);
    }

    private final class Notes implements CallListener.Factory, CallListener {

        @Override
        public CallListener callStarted(OperationInfo operation, ContextView context) {
            events.add("call " + operation.api() + " " + operation.id() + " " + operation.path());
            return this;
        }

        @Override
        public void permitGranted(Duration waited) {
            events.add("permit");
        }

        @Override
        public void tokenReady(Duration waited) {
            events.add("token");
        }

        @Override
        public void attemptStarted(int number) {
            events.add("attempt " + number);
        }

        @Override
        public void responseStarted(int status, long length) {
            events.add("response " + status + " of " + length);
            received.set(0);
        }

        @Override
        public void bytesReceived(int bytes) {
            received.addAndGet(bytes);
        }

        @Override
        public void attemptEnded(AttemptSummary attempt) {
            attempts.add(attempt);
            events.add("attempt " + attempt.number() + " " + attempt.outcome().label() + " " + attempt.status());
        }

        @Override
        public void callEnded(CallSummary call) {
            calls.add(call);
            events.add("call " + call.outcome().label());
        }
    }

    @Test
    void shouldReportADownloadAndItsAttempts() {
        server.enqueue(Answer.status(503));
        server.answer(stored(1_000));

        StepVerifier.create(downloads.bytes(link()).then()).expectComplete().verify(PATIENCE);

        assertThat(events)
                .containsExactly(
                        "call storage download /{link}",
                        "permit",
                        "attempt 1",
                        "response 503 of 0",
                        "attempt 1 service 503",
                        "permit",
                        "attempt 2",
                        "response 200 of 1000",
                        "attempt 2 success 200",
                        "call success");
        assertThat(attempts.get(1).bytes()).isEqualTo(1_000);
        assertThat(received).hasValue(1_000);
        assertThat(calls.get(0).requestId()).isEqualTo("storage-7");
        assertThat(calls.get(0).items()).isZero();
    }

    @Test
    void shouldReportEachAttemptToWriteAFileAsOneCall() {
        server.enqueue(stored(100_000).breakAfter(50_000, Answer.Ending.RESET));
        server.answer(stored(100_000));

        StepVerifier.create(downloads.to(link(), directory.resolve("x")))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(directory.resolve("x"))
                .satisfies(file -> assertThat(Files.size(file)).isEqualTo(100_000));
        assertThat(attempts).extracting(AttemptSummary::outcome).containsExactly(Outcome.CONNECTION, Outcome.SUCCESS);
        assertThat(calls)
                .singleElement()
                .satisfies(call -> assertThat(call.attempts()).isEqualTo(2));
    }

    @Test
    void shouldRetryUnderTheBudgetOfItsPolicy() {
        server.answer(Answer.status(500));
        Downloads frugal = Downloads.over(
                        transport, policy().maxAttempts(10).retryBudget(1).build())
                .observedBy(new Notes());

        StepVerifier.create(frugal.bytes(link()))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("retry budget"))
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldSendNoAccessTokenInAnyAttempt() {
        server.enqueue(Answer.status(503), Answer.status(429), Answer.status(401));

        StepVerifier.create(downloads.bytes(link())).expectError().verify(PATIENCE);

        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
        assertThat(events).doesNotContain("token");
    }

    @Test
    void shouldShowTheSignatureNowhere() {
        server.answer(Answer.status(403).header("x-ms-request-id", SIGNATURE).body("sig=" + SIGNATURE));

        StepVerifier.create(downloads.bytes(link()))
                .expectErrorSatisfies(error -> assertThat(error.toString()).doesNotContain(SIGNATURE))
                .verify(PATIENCE);

        assertThat(events).noneMatch(event -> event.contains(SIGNATURE) || event.contains("secret-name"));
        assertThat(attempts.toString()).doesNotContain(SIGNATURE);
        assertThat(calls.toString()).doesNotContain(SIGNATURE);
        assertThat(Downloads.OPERATION.toString()).doesNotContain("secret-name");
    }
}
