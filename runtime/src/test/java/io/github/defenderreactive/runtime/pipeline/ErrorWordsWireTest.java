package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Errors of the service and of intermediaries, over sockets. */
class ErrorWordsWireTest extends PipelineWithoutRetries {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();

    private DefenderException failure(Answer answer) {
        server.answer(answer);
        AtomicReference<DefenderException> failure = new AtomicReference<>();
        StepVerifier.create(pipeline.single(GET))
                .expectErrorSatisfies(error -> failure.set((DefenderException) error))
                .verify(PATIENCE);
        return failure.get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the service, Graph, and OData 2 to 4
                "{\"error\":{\"code\":\"C\",\"message\":\"word\",\"target\":\"r\"}} | C | word | r",
                "{\"error\":{\"code\":\"\",\"message\":\"word\"}} | | word |",
                "{\"Error\":{\"Code\":\"C\",\"Message\":\"word\"}} | C | word |",
                "{\"odata.error\":{\"code\":\"C\",\"message\":{\"lang\":\"en-US\",\"value\":\"word\"}}} | C | word |",
                "{\"error\":{\"code\":\"C\",\"message\":\"w\",\"innerError\":{\"request-id\":\"r\"}}} | C | w | r",
                "{\"error\":{\"code\":\"C\",\"message\":\"w\",\"innererror\":{\"requestId\":\"r\"}}} | C | w | r",
                "{\"error\":{\"code\":\"C\",\"InnerError\":{\"code\":\"D\",\"message\":\"word\"}}} | C | (D); word |",
                "{\"error\":{\"code\":\"C\",\"message\":\"w\",\"innererror\":{\"innererror\":{\"message\":\"word\"}}}} |"
                        + " C | w; word |",
                "{\"error\":{\"code\":\"C\",\"message\":\"w\",\"details\":[{\"code\":\"D\",\"target\":\"t\",\"message\":"
                        + "\"word.\"},{\"message\":\"last\"}]}} | C | w; D; word. last |",
                // gateways and frameworks
                "{\"statusCode\":400,\"message\":\"word\"} | 400 | word |",
                "{\"StatusCode\":400,\"Message\":\"word\",\"ActivityId\":\"r\"} | 400 | word | r",
                "{\"Message\":\"word\"} | | word |",
                "{\"Message\":\"w.\",\"ExceptionMessage\":\"word\",\"StackTrace\":\"at\"} | | w. word |",
                "{\"message\":\"word\",\"MessageDetail\":\"detail\"} | | word; detail |",
                "{\"type\":\"about:blank\",\"title\":\"word\",\"status\":400,\"detail\":\"more\",\"traceId\":\"r\"} |"
                        + " | word; more | r",
                "{\"type\":\"https://h.example/p\",\"title\":\"word\"} | https://h.example/p | word |",
                "{\"title\":\"w\",\"errors\":{\"id\":[\"word\",\"more\"]}} | | w; word; more |",
                "{\"error\":\"invalid_token\",\"error_description\":\"word\",\"trace_id\":\"r\"} | invalid_token | word | r",
                "{\"code\":\"C\",\"message\":\"word\"} | C | word |",
                "{\"errorCode\":7,\"message\":\"word\"} | 7 | word |",
                "\"word\" | | word |",
                "<?xml version=\"1.0\"?><Error><Code>C</Code><Message>word</Message><RequestId>r</RequestId></Error> |"
                        + " C | word | r",
                // cut short
                "{\"error\":{\"code\":\"C\",\"message\":\"word\",\"inner | C | word |",
                "{\"statusCode\":400,\"message\":\"word\" | 400 | word |"
            })
    void shouldKeepTheWords(String body, String code, String words, String requestId) {
        DefenderException failure = failure(Answer.status(400).body(body));

        assertThat(failure).hasMessageStartingWith("The service rejected the request: " + words + " [");
        assertThat(failure.serviceCode()).isEqualTo(code);
        assertThat(failure.requestId()).isEqualTo(requestId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><head><title>403 Forbidden</title></head></html>",
                "{\"message\":\"blocked\"}",
                "{\"statusCode\":403,\"message\":\"blocked\"}",
                "{\"title\":\"Forbidden\",\"status\":403}",
                "{\"error\":\"access_denied\"}",
                "{}",
                "[]",
                "blocked"
            })
    void shouldNotTakeTheRefusalOfAnotherForAMissingPermission(String body) {
        DefenderException failure = failure(Answer.status(403)
                .header("Content-Type", "text/html; charset=utf-8")
                .body(body));

        assertThat(failure)
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("does not come from the service (media type text/html)")
                .hasMessageContaining("proxy")
                .hasMessageNotContaining("needs one of");
    }

    @Test
    void shouldExplainTheRefusalOfTheService() {
        assertThat(failure(Answer.status(403).body("{\"error\":{\"code\":\"Forbidden\",\"message\":\"no\"}}")))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("getRow needs one of [Row.Read.All]")
                .hasMessageNotContaining("does not come from");
    }

    @Test
    void shouldSayThatTheServiceIsNotProvisioned() {
        String advice = "not provisioned in this tenant";

        assertThat(failure(Answer.status(500).body("{\"error\":{\"code\":\"HostNotFound\",\"message\":\"m\"}}")))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(advice);
        assertThat(failure(Answer.status(404)
                        .body("{\"error\":{\"code\":\"TenantDeploymentNotFound\",\"message\":\"m\"}}")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(advice);
        assertThat(failure(Answer.status(404).body("{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"m\"}}")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageNotContaining(advice);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 425})
    void shouldRepeatAReadThatDidNotGetThrough(int status) {
        server.enqueue(Answer.status(status).body("{\"message\":\"too late\"}"), Answer.json("{\"id\":\"x\"}"));

        StepVerifier.create(pipeline.withRetry(
                                RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                        .single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421})
    void shouldTakeAnotherConnectionAfterAResponseThatIsAboutTheConnection(int status) {
        server.enqueue(Answer.status(status), Answer.json("{\"id\":\"x\"}"));

        assertThat(failureOf()).isInstanceOf(ServiceException.class);
        StepVerifier.create(pipeline.single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.connections()).isEqualTo(2);
    }

    private Throwable failureOf() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(pipeline.single(GET))
                .expectErrorSatisfies(failure::set)
                .verify(PATIENCE);
        return failure.get();
    }
}
