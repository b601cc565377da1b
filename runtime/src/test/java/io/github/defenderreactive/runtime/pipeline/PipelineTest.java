package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.RequestBody;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One call and one answer: what is sent, and what each status means. */
class PipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Call<Row> GET = Row.GET.call().path("id", "a b").build();

    @Test
    void shouldSendWhatTheCallSays() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok("{\"id\":\"n\"}"), Answer.ok("{\"id\":\"n\"}"));
        Pipeline pipeline = Pipelines.over(transport).userAgent("tester/1").build();

        StepVerifier.create(pipeline.single(GET))
                .expectNext(new Row("n"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(Row.CREATE.call().body(new Row("n")).build()))
                .expectNext(new Row("n"))
                .expectComplete()
                .verify(PATIENCE);

        TransportRequest get = transport.requests().get(0);
        assertThat(get.method()).isEqualTo("GET");
        assertThat(get.uri()).hasToString("https://api.test/api/rows/a%20b");
        assertThat(get.body()).isNull();
        assertThat(get.lane()).isEqualTo(Lane.INTERACTIVE);
        assertThat(get.headers())
                .containsOnlyKeys("Authorization", "Accept", "User-Agent")
                .containsEntry("Authorization", "Bearer token1")
                .containsEntry("Accept", "application/json")
                .containsEntry("User-Agent", "tester/1");
        TransportRequest post = transport.requests().get(1);
        assertThat(post.headers()).containsEntry("Content-Type", "application/json");
        assertThat(text(post.body())).isEqualTo("{\"id\":\"n\"}");
    }

    @Test
    void shouldNameTheCharsetOfTextBeyondAscii() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok("{\"id\":\"n\"}"));

        StepVerifier.create(Pipelines.over(transport)
                        .build()
                        .single(Row.CREATE.call().body(new Row("für 東京")).build()))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        TransportRequest post = transport.requests().get(0);
        assertThat(post.headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(text(post.body())).isEqualTo("{\"id\":\"für 東京\"}");
    }

    private static String text(RequestBody body) {
        return body.bytes()
                .map(piece -> StandardCharsets.UTF_8.decode(piece).toString())
                .collect(Collectors.joining())
                .block(PATIENCE);
    }

    @Test
    void shouldTakeADeadlineForEverForAVeryLongOne() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.ok("{\"id\":\"n\",\"value\":[]}"));
        Pipeline pipeline = Pipelines.over(transport)
                .rateLimiter(RateLimiter.builder()
                        .maxWait(ChronoUnit.FOREVER.getDuration())
                        .build())
                .build()
                .withDeadline(ChronoUnit.FOREVER.getDuration());

        StepVerifier.create(pipeline.single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.paged(Row.LIST.call().build()))
                .expectComplete()
                .verify(PATIENCE);
        assertThatThrownBy(() -> pipeline.withDeadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldDoNothingBeforeSubscribe() {
        ScriptedTransport transport = ScriptedTransport.of();

        Pipelines.over(transport).build().single(GET);

        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldReadAnEntityThatComesByteByByteAndWithAnyMediaType() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok("\uFEFF{\"other\":[1,2],\"id\":\"x\"}\n")
                .chunks(1)
                .header("content-type", "application/octet-stream"));

        StepVerifier.create(Pipelines.over(transport).build().single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNameTheMediaTypeOfAnAnswerThatIsNoJson() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok("<html>Sign in</html>").header("content-type", "text/html; charset=utf-8"));

        StepVerifier.create(Pipelines.over(transport).build().single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("text/html");
                    assertThat(((DecodeException) error).offset()).isZero();
                    assertThat(((DecodeException) error).operationId()).isEqualTo("getRow");
                    assertThat(((DecodeException) error).status()).isEqualTo(200);
                    assertThat(((DecodeException) error).attempts()).isEqualTo(1);
                })
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldNameTheMediaTypeOfAPageThatIsNoJson() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.ok("<html>Sign in</html>").header("content-type", "text/html"));

        StepVerifier.create(
                        Pipelines.over(transport).build().paged(Row.LIST.call().build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("text/html"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnEntityOverTheLimitWithoutReadingItAll() {
        String large = "{\"id\":\"" + "x".repeat(10_000) + "\"}";
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok(large).chunks(100));

        StepVerifier.create(Pipelines.over(transport)
                        .limits(JsonLimits.builder()
                                .itemBytes(10)
                                .entityBytes(1000)
                                .depth(10)
                                .pageBytes(10_000)
                                .build())
                        .build()
                        .single(GET))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("1000 bytes"))
                .verify(PATIENCE);

        assertThat(transport.chunksRead()).isEqualTo(11);
    }

    @Test
    void shouldTakeAsMuchAsTheDescriptionSaysAndElseSayHowToTakeMore() {
        String padded = "{\"id\":\"x\"" + " ".repeat(66 << 20) + "}";
        Call<Row> large = Row.GET_LARGE.call().path("id", "1").build();

        StepVerifier.create(over(Answer.ok(padded).chunks(1 << 20)).single(large))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(over(Answer.ok(padded).chunks(1 << 20)).single(GET))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodeException.class)
                        .hasMessageContaining("Document larger than 67108864 bytes"
                                + " (to allow more, set a larger entityBytes in the jsonLimits of the client builder)"))
                .verify(PATIENCE);
    }

    @Test
    void shouldHoldLimitsThatWereChosenForEveryOperation() {
        Pipeline pipeline = Pipelines.over(ScriptedTransport.of(Answer.ok("{\"id\":\"" + "x".repeat(2000) + "\"}")))
                .limits(JsonLimits.builder()
                        .itemBytes(10)
                        .entityBytes(1000)
                        .depth(10)
                        .pageBytes(10_000)
                        .build())
                .build();

        StepVerifier.create(pipeline.single(Row.GET_LARGE.call().path("id", "1").build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("1000 bytes"))
                .verify(PATIENCE);
    }

    @Test
    void shouldSendTheHeadersOfTheDescriptionWithEveryAttemptAndPage() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(503, ""),
                Answer.ok("{\"id\":\"x\"}"),
                Answer.ok(
                        "{\"value\":[{\"id\":\"a\"}],\"@odata.nextLink\":\"https://api.test/api/rows?$skiptoken=1\"}"),
                Answer.ok("{\"value\":[{\"id\":\"b\"}]}"));
        Pipeline pipeline = Pipelines.over(transport).build();

        StepVerifier.create(pipeline.single(Row.GET_LARGE.call().path("id", "1").build()))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.paged(Row.LIST_PREFERRING.call().build()))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("Prefer", "include-late-rows")
                        .containsEntry("Accept", "application/json")
                        .containsKey("Authorization"));
    }

    @Test
    void shouldTakeAnEntityOutOfTheCollectionAroundIt() {
        Call<Row> call = Row.GET_WRAPPED.call().path("id", "1").build();

        StepVerifier.create(over(Answer.ok("{\"value\":[{\"id\":\"x\"}]}")).single(call))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(over(Answer.ok("{\"value\":[]}")).single(call))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(over(Answer.ok("{\"value\":[{\"id\":\"x\"},{\"id\":\"y\"}]}"))
                        .single(call))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("more than one"))
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeAnEntityLargerThanAnItemMayBe() {
        String large = "x".repeat(20 << 20);

        StepVerifier.create(over(Answer.ok("{\"id\":\"" + large + "\"}").chunks(1 << 20))
                        .single(GET))
                .expectNext(new Row(large))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldTellTrailingContentFromAnEntity() {
        StepVerifier.create(over(Answer.ok("{\"id\":\"x\"} {}")).single(GET))
                .expectError(DecodeException.class)
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"200,{}", "204,''", "201,<ok/>", "202,''"})
    void shouldCompleteAnEmptyCallOnAnySuccess(int status, String body) {
        StepVerifier.create(over(Answer.of(status, body))
                        .empty(Row.TOUCH.call().path("id", "1").build()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeNoContentForNoEntity() {
        StepVerifier.create(over(Answer.of(204, "")).single(GET))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(over(Answer.of(200, "")).single(GET))
                .expectError(DecodeException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldRefuseACallOfAnotherShape() {
        Pipeline pipeline = over();

        assertThatThrownBy(() -> pipeline.paged(GET)).hasMessageContaining("getRow returns SINGLE");
        assertThatThrownBy(() -> pipeline.single(Row.LIST.call().build())).hasMessageContaining("COLLECTION");
    }

    // ---- what a status means -----------------------------------------------------------------------------------

    @Test
    void shouldCarryCodeRequestIdAndMessageOfAnError() {
        DefenderException error =
                failure(400, "{\"error\":{\"code\":\"InvalidInput\",\"message\":\"No\\nrow\",\"target\":\"id-7\"}}");

        assertThat(error).isInstanceOf(BadRequestException.class).hasMessageContaining("No row");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.serviceCode()).isEqualTo("InvalidInput");
        assertThat(error.requestId()).isEqualTo("id-7");
        assertThat(error.operationId()).isEqualTo("getRow");
        assertThat(error.attempts()).isEqualTo(1);
    }

    @Test
    void shouldFindTheRequestIdInAnInnerError() {
        String inner =
                "\"innerError\":{\"date\":\"2026-03-01T10:20:30\",\"request-id\":\"r-1\",\"client-request-id\":\"c-1\"}";

        assertThat(failure(400, "{\"error\":{" + inner + ",\"code\":\"BadRequest\",\"message\":\"No\"}}"))
                .satisfies(error -> {
                    assertThat(error.requestId()).isEqualTo("r-1");
                    assertThat(error.serviceCode()).isEqualTo("BadRequest");
                });
        assertThat(failure(400, "{\"error\":{" + inner + ",\"target\":\"t-1\"}}")
                        .requestId())
                .isEqualTo("t-1");
        assertThat(failure(400, "{\"error\":{\"code\":\"BadRequest\",\"innerError\":\"none\"}}"))
                .satisfies(error -> {
                    assertThat(error.requestId()).isNull();
                    assertThat(error.serviceCode()).isEqualTo("BadRequest");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Bad gateway</body></html>",
                "<?xml version=\"1.0\"?><Error/>",
                "{\"error\":\"text\"}",
                "{\"error\":{\"code\":null,\"message\":null}}",
                "{\"error\":{\"code\":{\"a\":1},\"message\":[1]}}",
                "{\"error\":{",
                "[1,2]",
                "null"
            })
    void shouldSurviveAnyErrorBody(String body) {
        assertThat(failure(400, body)).isInstanceOf(BadRequestException.class);
        assertThat(failure(404, body)).isInstanceOf(NotFoundException.class);
        assertThat(failure(504, body)).isInstanceOf(ServiceException.class);
    }

    @Test
    void shouldReadNumbersAsCodes() {
        assertThat(failure(400, "{\"error\":{\"code\":17}}").serviceCode()).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request-id", "x-ms-request-id", "client-request-id"})
    void shouldTakeTheRequestIdFromAHeaderWhenTheBodyHasNone(String header) {
        DefenderException error = failure(Answer.of(500, "").header(header, "h-1"));

        assertThat(error.requestId()).isEqualTo("h-1");
    }

    @Test
    void shouldReadOnlyTheBeginningOfALargeErrorBody() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(400, "x".repeat(1 << 20)).chunks(1024));

        StepVerifier.create(Pipelines.over(transport).build().single(GET))
                .expectError(BadRequestException.class)
                .verify(PATIENCE);

        assertThat(transport.chunksRead()).isEqualTo(64);
    }

    @Test
    void shouldMeanTheStatusWhenTheErrorBodyBreaksOff() {
        DefenderException error =
                failure(Answer.of(403, "{\"error\":{}}").breakAt(5, new IllegalStateException("gone")));

        assertThat(error).isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void shouldTellConflictsByStatusAndByCode() {
        assertThat(failure(400, "{\"error\":{\"code\":\"ActiveRequestAlreadyExists\"}}"))
                .isInstanceOf(ConflictException.class);
        assertThat(failure(409, "")).isInstanceOf(ConflictException.class);
    }

    @Test
    void shouldNameThePermissionsNeededAndHeld() {
        PermissionDeniedException error = (PermissionDeniedException) failure(
                403,
                "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Missing application roles. API required roles:"
                        + " Row.Read.All, application roles: Other.Read.All.\"}}");

        assertThat(error.required()).containsExactly("Row.Read.All", "Row.Read");
        assertThat(error)
                .hasMessageContaining("[Row.Read.All] for an application")
                .hasMessageContaining("the token has Other.Read.All.")
                .hasMessageContaining("audience");
    }

    @Test
    void shouldNotFollowRedirects() {
        DefenderException error = failure(Answer.of(302, "").header("location", "https://evil.test/"));

        assertThat(error)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("which is not followed")
                .hasMessageNotContaining("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceNotFound", "NotFound", "resourceNotFound"})
    void shouldTakeTheServicesNoneForEmptyWhereTheOperationSaysSo(String code) {
        String none = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"No recent machines were found\"}}";

        StepVerifier.create(over(Answer.of(404, none))
                        .single(Row.FIND.call().path("id", "1").build()))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(
                        over(Answer.of(404, none)).paged(Row.LIST_MAYBE.call().build()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | <html>Not Found</html> | media type text/html",
                "application/json | '' | media type application/json",
                "application/json | {} | media type application/json",
                "application/json | {\"message\":\"no Route matched with those values\"} | no Route matched",
                "application/json | {\"statusCode\":404,\"message\":\"Resource not found\"} | Resource not found",
                "application/problem+json | {\"title\":\"Not Found\",\"status\":404} | Not Found",
                "application/json | {\"error\":\"NotFound\"} | check the base URL",
                "application/json | {\"error\":{\"code\":\"TenantDeploymentNotFound\",\"message\":\"m\"}} | not"
                        + " provisioned"
            })
    void shouldNotTakeAnother404ForEmpty(String type, String body, String said) {
        Answer answer = Answer.of(404, body).header("content-type", type);

        StepVerifier.create(over(answer).single(Row.FIND.call().path("id", "1").build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(NotFoundException.class).hasMessageContaining(said))
                .verify(PATIENCE);
        StepVerifier.create(over(answer).paged(Row.LIST_MAYBE.call().build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(NotFoundException.class).hasMessageContaining(said))
                .verify(PATIENCE);
    }

    @Test
    void shouldReadTheWaitOfARefusalFromItsText() {
        ThrottledException error = (ThrottledException) failure(
                429,
                "{\"error\":{\"code\":\"429\",\"message\":\"Quota exceeded! Maximum 30 per 00:01:00. You can send"
                        + " requests again in 8 seconds.\"}}");

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(8));
        assertThat(error.serviceCode()).isEqualTo("429");
    }

    @Test
    void shouldPreferTheHeaderToTheText() {
        ThrottledException error =
                (ThrottledException) failure(Answer.of(429, "{\"error\":{\"message\":\"again in 8 seconds\"}}")
                        .header("Retry-After", "3"));

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    // ---- access tokens -----------------------------------------------------------------------------------------

    @Test
    void shouldReplaceARefusedTokenOnce() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(401, ""), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(Pipelines.over(transport)
                        .retry(RetryPolicy.none())
                        .build()
                        .single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.requests())
                .extracting(request -> request.headers().get("Authorization"))
                .containsExactly("Bearer token1", "Bearer token2");
    }

    @Test
    void shouldSayWhatTheServiceSaidWhenTheSecondTokenIsRefusedToo() {
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> Answer.of(401, "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"No licence\"}}"));

        StepVerifier.create(Pipelines.over(transport).build().single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(AuthenticationException.class)
                            .hasMessageContaining("No licence")
                            .hasMessageContaining("licence for the operation")
                            .hasMessageNotContaining("token1")
                            .hasMessageNotContaining("token2");
                    assertThat(((AuthenticationException) error).attempts()).isEqualTo(2);
                })
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeARefusalOfTheAuthorityForOneOfTheService() {
        ScriptedTransport transport = ScriptedTransport.of();
        AtomicInteger asked = new AtomicInteger();
        TokenCache refusing = TokenCache.of(request -> Mono.defer(() -> {
            asked.incrementAndGet();
            return Mono.error(new AuthenticationException(
                    "refused",
                    new io.github.defenderreactive.runtime.error.ErrorContext(null, 401, null, null, 0),
                    null));
        }));

        StepVerifier.create(Pipelines.over(transport)
                        .authorization(refusing, "scope")
                        .build()
                        .single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(AuthenticationException.class);
                    assertThat(((DefenderException) error).attempts()).isZero();
                    assertThat(((DefenderException) error).operationId()).isEqualTo("getRow");
                })
                .verify(PATIENCE);

        assertThat(asked).hasValue(1);
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldForgetOnlyTheTokenThatWasRefused() {
        AtomicInteger issued = new AtomicInteger();
        TokenCache tokens = TokenCache.of(request -> Mono.fromSupplier(() ->
                AccessToken.of("t" + issued.incrementAndGet(), Instant.now().plusSeconds(3600))));
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> "Bearer t1".equals(request.headers().get("Authorization"))
                        ? Answer.of(401, "")
                        : Answer.ok("{\"id\":\"x\"}"));
        Pipeline pipeline =
                Pipelines.over(transport).authorization(tokens, "scope").build();

        for (int i = 0; i < 3; i++) {
            StepVerifier.create(pipeline.single(GET))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        assertThat(issued).hasValue(2);
    }

    // ---- the API root ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "ftp://api.test/api", "https://api.test/api?x=1", "https://user@api.test/api", "mailto:a"
            })
    void shouldRefuseAnApiRootThatIsNone(String uri) {
        assertThatThrownBy(() -> Pipeline.builder().apiRoot(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeAnApiRootWithASlashAtItsEnd() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(Pipelines.over(transport)
                        .apiRoot(URI.create("https://api.test:8443/base/api//"))
                        .build()
                        .single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.requests().get(0).uri()).hasToString("https://api.test:8443/base/api/rows/a%20b");
    }

    private static DefenderException failure(int status, String body) {
        return failure(Answer.of(status, body));
    }

    private static DefenderException failure(Answer answer) {
        DefenderException[] seen = new DefenderException[1];
        StepVerifier.create(Pipelines.over(ScriptedTransport.of(answer))
                        .retry(RetryPolicy.none())
                        .build()
                        .single(GET))
                .expectErrorSatisfies(error -> seen[0] = (DefenderException) error)
                .verify(PATIENCE);
        return seen[0];
    }

    private static Pipeline over(Answer... answers) {
        return Pipelines.over(ScriptedTransport.of(answers)).build();
    }
}
