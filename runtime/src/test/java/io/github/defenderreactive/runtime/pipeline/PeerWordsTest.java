package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A service that quotes the access token wherever it has a word to say, over sockets. */
class PeerWordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TOKEN = "c4naryToken-0123456789~abcdefghijklmnopqrstuvwxyz";

    @AutoClose
    private final FaultServer server = FaultServer.start();

    @AutoClose("dispose")
    private final ReactorNettyTransport transport = ReactorNettyTransport.create();

    private final List<String> summaries = new CopyOnWriteArrayList<>();

    private final class Summaries implements CallListener {

        @Override
        public void attemptEnded(AttemptSummary attempt) {
            summaries.add(attempt + trace(attempt.failure()));
        }

        @Override
        public void callEnded(CallSummary call) {
            summaries.add(call + trace(call.failure()));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(trace));
        }
        return trace.toString();
    }

    private Pipeline pipeline() {
        TokenCache tokens = TokenCache.of(
                request -> Mono.just(AccessToken.of(TOKEN, Instant.now().plusSeconds(3600))));
        return Pipelines.over(transport)
                .apiRoot(server.uri("/api"))
                .authorization(tokens, "scope")
                .retry(RetryPolicy.none())
                .listener((operation, context) -> new Summaries())
                .build();
    }

    static Stream<Function<String, Answer>> places() {
        return Stream.of(
                said -> Answer.status(400).body(said),
                said -> Answer.status(400).body("{\"error\":{\"code\":\"X\",\"message\":\"" + said + "\"}}"),
                said -> Answer.status(403).body("{\"error\":{\"code\":\"" + said + "\",\"message\":\"m\"}}"),
                said -> Answer.status(403)
                        .body("{\"error\":{\"code\":\"X\",\"message\":\"no roles, application roles: " + said + "\"}}"),
                said -> Answer.status(401).body("{\"error\":{\"code\":\"X\",\"target\":\"" + said + "\"}}"),
                said -> Answer.status(401)
                        .header(
                                "WWW-Authenticate",
                                "Bearer error=\"" + said + "\", error_description=\"" + said + "\""),
                said -> Answer.status(404)
                        .body("{\"error\":{\"code\":\"X\",\"innerError\":{\"request-id\":\"" + said + "\"}}}"),
                said -> Answer.status(404).header("Content-Type", said),
                said -> Answer.status(409).header("request-id", said),
                said -> Answer.status(429).body("{\"statusCode\":429,\"message\":\"" + said + "\"}"),
                said -> Answer.status(500).body("{\"Message\":\"m\",\"ExceptionMessage\":\"" + said + "\"}"),
                said -> Answer.status(503).body("{\"title\":\"" + said + "\",\"detail\":\"" + said + "\"}"),
                said -> Answer.status(400)
                        .body("{\"error\":{\"code\":\"X\",\"details\":[{\"code\":\"Y\",\"message\":\"" + said
                                + "\"}]}}"),
                said -> Answer.status(400).body("{\"error\":\"" + said + "\",\"error_description\":\"" + said + "\"}"),
                said -> Answer.status(400)
                        .body("<Error><Code>" + said + "</Code><Message>" + said + "</Message></Error>"),
                said -> Answer.status(302).header("Location", "https://h.example/?t=" + said),
                said -> Answer.json("{\"error\":{\"code\":\"" + said + "\",\"message\":\"" + said + "\"}}"),
                said -> Answer.json("{\"value\":[],\"error\":{\"code\":\"X\",\"message\":\"" + said + "\"}}"),
                said -> Answer.json(said),
                said -> Answer.json("{\"" + said + "\":tru"),
                said -> Answer.json("{\"" + said + "\":" + said + "}"),
                said -> Answer.json("{\"id\":{\"" + said + "\":1}}"),
                said -> Answer.json("{\"value\":[{\"" + said + "\":" + said + "}]}"),
                said -> Answer.json("{").header("Content-Type", said),
                said -> Answer.json("{}").header("Content-Encoding", said),
                said -> Answer.nothing(Ending.CLOSE).raw(said + "\r\n\r\n"),
                said -> Answer.nothing(Ending.CLOSE).raw("HTTP/1.1 " + said + " x\r\n\r\n"),
                said -> Answer.nothing(Ending.CLOSE)
                        .raw("HTTP/1.1 500 " + said + "\r\nrequest-id: " + said + "\r\nContent-Length: 0\r\n\r\n"));
    }

    static Stream<Arguments> quotes() {
        String bytes = Base64.getEncoder().encodeToString(("Bearer " + TOKEN).getBytes(StandardCharsets.UTF_8));
        return places().flatMap(place -> Stream.of(
                        "you sent Bearer " + TOKEN, "a" + TOKEN.substring(3, 30).replace("~", "%7E") + "...", bytes)
                .map(said -> Arguments.of(said, place)));
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void shouldNotQuoteTheTokenBack(String said, Function<String, Answer> place) {
        server.answer(place.apply(said));
        Call<Row> get = Row.GET.call().path("id", "1").build();

        shouldNotQuote(pipeline().single(get), said);
        shouldNotQuote(pipeline().paged(Row.LIST.call().build()), said);
        shouldNotQuote(pipeline().empty(Row.TOUCH.call().path("id", "1").build()), said);
        assertThat(summaries).isNotEmpty().allSatisfy(summary -> shouldNotShow(summary, said));
    }

    private static void shouldNotQuote(Publisher<?> call, String said) {
        StepVerifier.create(Flux.from(call).then().onErrorResume(error -> {
                    shouldNotShow(trace(error), said);
                    if (error instanceof DefenderException failure) {
                        shouldNotShow(failure.context() + failure.toString(), said);
                        assertThat(failure.getMessage()).hasSizeLessThan(2500);
                    }
                    return Mono.empty();
                }))
                .expectComplete()
                .verify(PATIENCE);
    }

    /** Case is changed where a media type is shown. */
    private static void shouldNotShow(String text, String said) {
        assertThat(text.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("c4narytoken", "rytoken-0123456789", said.toLowerCase(java.util.Locale.ROOT));
    }
}
