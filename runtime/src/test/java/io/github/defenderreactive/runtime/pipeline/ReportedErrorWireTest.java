package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** A status of success over a body that reports an error, over sockets. */
class ReportedErrorWireTest extends PipelineWithoutRetries {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();
    private static final Call<Row> CREATE = Row.CREATE.call().body(new Row("n")).build();
    private static final Call<Void> TOUCH = Row.TOUCH.call().path("id", "1").build();

    private static final String ERROR =
            "{\"error\":{\"code\":\"InternalServerError\",\"message\":\"boom\",\"target\":\"req-1\"}";

    static Stream<Arguments> endings() {
        String whole = ERROR + "}";
        return Stream.of(
                Arguments.of("whole", Answer.json(whole)),
                Arguments.of("chunked", Answer.json(whole).chunked(7)),
                Arguments.of("byte by byte", Answer.json(whole).slowly(1, Duration.ZERO)),
                Arguments.of("201", Answer.status(201).body(whole)),
                Arguments.of("cut in good order", Answer.json(ERROR)),
                Arguments.of("cut by a close", Answer.json(whole).breakAfter(ERROR.length(), Ending.CLOSE)),
                Arguments.of(
                        "cut in chunks", Answer.json(whole).chunked(100).breakAfter(ERROR.length() + 4, Ending.CLOSE)),
                Arguments.of("compressed", Answer.json(whole).gzip()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void shouldBeThatErrorForAnEntityAnActionAndACollection(String name, Answer answer) {
        server.answer(answer);

        shouldBeTheError(pipeline.single(GET));
        shouldBeTheError(pipeline.single(CREATE));
        shouldBeTheError(pipeline.empty(TOUCH));
        shouldBeTheError(pipeline.paged(Row.LIST.call().build()));
        shouldBeTheError(pipeline.paged(Row.IMPORT.call().body(new Row("n")).build()));
        shouldBeTheError(pipeline.single(Row.GET_WRAPPED.call().path("id", "1").build()));
    }

    private static void shouldBeTheError(Publisher<?> call) {
        StepVerifier.create(call)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(ServiceException.class, failure -> {
                            assertThat(failure).hasMessageContaining("boom");
                            assertThat(failure.serviceCode()).isEqualTo("InternalServerError");
                            assertThat(failure.requestId()).isEqualTo("req-1");
                            assertThat(failure.status()).isBetween(200, 201);
                        }))
                .verify(PATIENCE);
    }

    static Stream<Arguments> collections() {
        String items = "{\"@odata.context\":\"c\",\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}";
        return Stream.of(
                Arguments.of("item", Answer.json(items + "," + ERROR + "}]}")),
                Arguments.of("item, then nothing", Answer.json(items + "," + ERROR + "}")),
                Arguments.of("item, cut inside", Answer.json(items + "," + ERROR)),
                Arguments.of(
                        "item, then a close",
                        Answer.json(items + "," + ERROR + "}]}")
                                .breakAfter(items.length() + 1 + ERROR.length(), Ending.CLOSE)),
                Arguments.of(
                        "item, then a reset",
                        Answer.json(items + "," + ERROR + "}]}").chunked(1000).breakAfter(190, Ending.CLOSE)),
                Arguments.of("beside", Answer.json(items + "]," + ERROR.substring(1) + "}")),
                Arguments.of("beside, then nothing", Answer.json(items + "]," + ERROR.substring(1))),
                Arguments.of(
                        "beside and a link",
                        Answer.json(
                                items + "],\"@odata.nextLink\":\"/api/rows?$skip=2\"," + ERROR.substring(1) + "}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collections")
    void shouldLetTheItemsBeforeItStand(String name, Answer answer) {
        server.answer(answer);

        StepVerifier.create(pipeline.paged(Row.LIST.call().build()))
                .expectNext(new Row("a"), new Row("b"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceException.class)
                        .hasMessageContaining("boom")
                        .hasMessageContaining("req-1"))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "InternalServerError, ServiceException",
        "UnknownError, ServiceException",
        "SomethingNew, ServiceException",
        "503, ServiceException",
        "429, ThrottledException",
        "TooManyRequests, ThrottledException",
        "Unauthorized, AuthenticationException",
        "InvalidAuthenticationToken, AuthenticationException",
        "Forbidden, PermissionDeniedException",
        "accessDenied, PermissionDeniedException",
        "NotFound, NotFoundException",
        "ResourceNotFound, NotFoundException",
        "ActiveRequestAlreadyExists, ConflictException",
        "BadRequest, BadRequestException",
        "InvalidInput, BadRequestException",
        "MissingRequiredParameter, BadRequestException",
        "OsPlatformNotSupported, BadRequestException"
    })
    void shouldMapTheErrorByItsCode(String code, String type) {
        server.answer(Answer.json("{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}"));

        StepVerifier.create(pipeline.single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(((DefenderException) error).serviceCode()).isEqualTo(code);
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldReadTheFormsOfOtherVersions() {
        server.enqueue(
                Answer.json(
                        "{\"odata.error\":{\"code\":\"InternalServerError\","
                                + "\"message\":{\"lang\":\"en-US\",\"value\":\"boom\"},\"innererror\":{\"request-id\":\"req-1\"}}}"),
                Answer.json(
                        "{\"@odata.context\":\"c\",\"error\":{\"code\":\"InternalServerError\",\"message\":\"boom\","
                                + "\"innerError\":{\"date\":\"2026-11-23\",\"request-id\":\"req-1\"}}}"));

        shouldBeTheError(pipeline.single(GET));
        shouldBeTheError(pipeline.paged(Row.LIST.call().build()));
    }

    @Test
    void shouldRepeatAReadAsAfterAStatusOfFailure() {
        server.enqueue(Answer.json(ERROR + "}"), Answer.json("{\"id\":\"x\"}"));
        server.enqueue(Answer.json(ERROR + "}"), Answer.json("{\"value\":[{\"id\":\"y\"}]}"));
        Pipeline patient = pipeline.withRetry(
                RetryPolicy.builder().baseDelay(Duration.ZERO).build());

        StepVerifier.create(patient.single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(patient.paged(Row.LIST.call().build()))
                .expectNext(new Row("y"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldNotRepeatAnAction() {
        server.answer(Answer.json(ERROR + "}"));
        Pipeline patient = pipeline.withRetry(
                RetryPolicy.builder().baseDelay(Duration.ZERO).build());

        shouldBeTheError(patient.single(CREATE));
        shouldBeTheError(patient.empty(TOUCH));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldTakeAnotherTokenWhenTheBodyRefusesTheFirst() {
        server.enqueue(
                Answer.json("{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}"),
                Answer.json("{\"id\":\"x\"}"));

        StepVerifier.create(pipeline.single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests())
                .extracting(request -> request.headers().get("Authorization"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"x\",\"error\":null}",
                "{\"error\":null,\"id\":\"x\"}",
                "{\"id\":\"x\",\"error\":{\"code\":\"E\",\"message\":\"of the entity\"}}",
                "{\"error\":{\"code\":\"E\",\"message\":\"of the entity\"},\"id\":\"x\"}",
                "{\"id\":\"x\",\"error\":\"of the entity\"}"
            })
    void shouldNotTakeAMemberOfAnEntityForAnError(String entity) {
        server.answer(request -> Answer.json(
                request.uri().startsWith("/api/rows/1") ? entity : "{\"error\":null,\"value\":[" + entity + "]}"));

        StepVerifier.create(pipeline.single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.paged(Row.LIST.call().build()))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "{}", "{\"id\":\"x\"}", "<ok/>", "true", "{\"error\":null}", "{\"id\":\"x\",\"error\":0}"})
    void shouldTakeAnyOtherBodyForSuccessWhereNoneIsWanted(String body) {
        server.enqueue(
                Answer.json(body), Answer.json(body + " ").breakAfter(body.length(), Ending.CLOSE), Answer.status(204));

        for (int i = 0; i < 3; i++) {
            StepVerifier.create(pipeline.empty(TOUCH)).expectComplete().verify(PATIENCE);
        }
    }
}
