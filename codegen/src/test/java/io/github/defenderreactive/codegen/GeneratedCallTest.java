package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.Sources;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Parameters, bodies and responses of other services, sent by a generated client to a server. */
class GeneratedCallTest {

    private static final GeneratedClient CLIENT = Workshop.client();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID TRACE = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");

    private static HttpServer server;
    private static ReactorNettyTransport transport;
    private static Object tools;

    private static volatile String received = "";
    private static volatile Map<String, String> headers = Map.of();
    private static volatile String response = "";

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", GeneratedCallTest::answer);
        server.start();
        transport = ReactorNettyTransport.create(TransportOptions.builder().build());
        TokenCache tokens = TokenCache.of(
                request -> Mono.just(AccessToken.of("token", Instant.now().plusSeconds(3600))));
        Pipeline pipeline = Pipeline.builder()
                .transport(transport)
                .apiRoot(URI.create("http://localhost:" + server.getAddress().getPort() + "/api"))
                .authorization(tokens, "scope")
                .build();
        tools = CLIENT.type("api.ToolsApi").getConstructor(Pipeline.class).newInstance(pipeline);
    }

    @AfterAll
    static void stop() {
        transport.dispose();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        Map<String, String> sent = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> sent.put(name.toLowerCase(), values.get(0)));
        headers = sent;
        received = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body = response.getBytes(StandardCharsets.ISO_8859_1);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=iso-8859-1");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Object result(String body, String method, Object... arguments) {
        response = body;
        return ((Mono<?>) call(tools, method, arguments)).block(PATIENCE);
    }

    private static List<?> results(String body, String method, Object... arguments) {
        response = body;
        return ((Flux<?>) call(tools, method, arguments)).collectList().block(PATIENCE);
    }

    private static Object query() {
        return call(CLIENT.builder("query.FindToolQuery"), "xTraceId", TRACE);
    }

    @Test
    void shouldSendHeadersAndListsOfEveryForm() {
        Object query = query();
        call(query, "xKey", "s3cret");
        call(query, "xLevels", (Object) array("model.Level", CLIENT.constant("model.Level", "VALUE_2"), level(9)));
        call(query, "tag", (Object) new String[] {"a,b", "c d"});
        call(query, "state", (Object) array("model.State", CLIENT.constant("model.State", "IN_USE")));
        call(query, "day", (Object) new LocalDate[] {LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 1)});
        call(query, "price", new BigDecimal("12.50"));
        call(query, "level", level(2));
        call(query, "ratio", (Object) new Double[] {0.5, 1e-7});
        Object built = call(query, "build");

        result("{}", "findTool", List.of(7, 8), built);

        assertThat(received)
                .isEqualTo("GET /api/tools/by-sizes/7%2C8?day=2026-01-31%2C2026-02-01&price=12.50&level=2&tag=a%2Cb"
                        + "&tag=c%20d&state=In%20Use&ratio=0.5&ratio=0.00000010 ");
        assertThat(headers)
                .containsEntry("x-trace-id", TRACE.toString())
                .containsEntry("x-key", "s3cret")
                .containsEntry("x-levels", "2,9")
                .containsEntry("x-version", "7");
        assertThat(built.toString()).contains(TRACE.toString(), "(hidden)").doesNotContain("s3cret");
        assertThat(call(call(built, "toBuilder"), "build")).isEqualTo(built).hasSameHashCodeAs(built);
        assertThat(built)
                .isNotEqualTo(call(call(call(built, "toBuilder"), "tag", (Object) new String[] {"a", "b"}), "build"));
    }

    private static Object level(long value) {
        return CLIENT.callStatic("model.Level", "of", value);
    }

    private static Object array(String type, Object... values) {
        Object array = java.lang.reflect.Array.newInstance(CLIENT.type(type), values.length);
        for (int i = 0; i < values.length; i++) {
            java.lang.reflect.Array.set(array, i, values[i]);
        }
        return array;
    }

    @Test
    void shouldRefuseHeadersThatWouldBeOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        result("{}", "findTool", List.of(1), call(call(query(), "xKey", "a\r\nHost: b"), "build")))
                .withMessage("findTool: X-Key must be printable ASCII without blanks at its ends");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(query(), "price", new BigDecimal("0.4")))
                .withMessage("price must be between 0.5 and 1000: 0.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result("{}", "findTool", List.of(), call(query(), "build")))
                .withMessageContaining("sizes must not be blank");
    }

    @Test
    void shouldSendBodiesOfEveryForm() {
        List<Object> sent = new ArrayList<>(List.of(CLIENT.read("Tool", "{\"id\":\"a\"}")));
        Mono<?> replacing = (Mono<?>) call(tools, "replaceTools", sent);
        sent.clear();
        response = "";
        replacing.block(PATIENCE);
        assertThat(received).isEqualTo("PUT /api/tools/all [{\"id\":\"a\"}]");

        result("", "setGrid", List.of(List.of(1L), List.of()));
        assertThat(received).isEqualTo("PUT /api/tools/grid [[1],[]]");
        result("", "setLabels", "t", Map.of("k", "ä"));
        assertThat(received).isEqualTo("PUT /api/tools/t/labels {\"k\":\"ä\"}");
        assertThat(headers).containsEntry("content-type", "application/json; charset=utf-8");
        result("", "setWeight", "t", 2.5);
        assertThat(received).isEqualTo("PUT /api/tools/t/weight 2.5");
        result("", "setNote", "t", "schön");
        assertThat(received).isEqualTo("PUT /api/tools/t/note schön");
        assertThat(headers).containsEntry("content-type", "text/plain; charset=utf-8");
        result(
                "",
                "uploadManual",
                "t",
                FileContent.of("m.pdf", 4, () -> Flux.just(ByteBuffer.wrap(new byte[] {'%', 'P', 'D', 'F'}))));
        assertThat(received).isEqualTo("PUT /api/tools/t/scan %PDF");
        assertThat(headers).containsEntry("content-type", "application/pdf").containsEntry("content-length", "4");
        Object form = call(call(CLIENT.builder("query.LendForm"), "to", "Ned & Co"), "until", LocalDate.of(2026, 1, 2));
        result("", "lendTool", "t", call(form, "build"));
        assertThat(received).isEqualTo("POST /api/tools/t/lend to=Ned+%26+Co&until=2026-01-02");
        assertThat(headers).containsEntry("content-type", "application/x-www-form-urlencoded");
        Object part = result("{\"name\":\"n\"}", "patchPart", "t", CLIENT.read("Part", "{\"name\":\"m\"}"));
        assertThat(part).isEqualTo(CLIENT.read("Part", "{\"name\":\"n\"}"));
        assertThat(headers)
                .containsEntry("content-type", "application/merge-patch+json")
                .containsEntry("accept", "application/vnd.acme.part+json");
    }

    @Test
    void shouldReadResponsesOfEveryForm() {
        Object a = CLIENT.read("Tool", "{\"id\":\"a\"}");
        Object b = CLIENT.read("Tool", "{\"id\":\"b\",\"odd\":1}");

        assertThat(results("[{\"id\":\"a\"},{\"id\":\"b\",\"odd\":1}]", "listTools"))
                .isEqualTo(List.of(a, b));
        assertThat(results("[]", "listTools")).isEmpty();
        assertThat(results("{\"id\":\"a\"}\n\r\n{\"id\":\n\"b\",\"odd\":1}", "readLog"))
                .isEqualTo(List.of(a, b));
        assertThat(headers).containsEntry("accept", "application/x-ndjson");
        assertThat(results("", "readLog")).isEmpty();
        assertThat((Map<?, ?>) result("{\"z\":1,\"gone\":null,\"a\":2}", "countStock"))
                .hasToString("{z=1, a=2}");
        assertThat(result("schön", "getLabel", "t")).isEqualTo("schön");
        assertThat(headers).containsEntry("accept", "text/plain");
        assertThat(results("%PDF", "getManual", "t"))
                .singleElement()
                .isEqualTo(ByteBuffer.wrap("%PDF".getBytes(StandardCharsets.US_ASCII)));
        assertThat(headers).containsEntry("accept", "application/pdf");
        assertThatThrownBy(() -> result("{\"z\":\"x\"}", "countStock")).hasMessageContaining("$.z");
        assertThatThrownBy(() -> results("{\"id\":\"a\"}\n{\"id\"", "readLog"))
                .hasMessageContaining("Unexpected end of input");
    }

    @Test
    void shouldDecodeRequestsThatAreNotEntities() {
        assertThat(CLIENT.operation("setGrid")
                        .orElseThrow()
                        .requestDecoder()
                        .read(io.github.defenderreactive.runtime.json.JsonReader.of("[[1]]")))
                .isEqualTo(JsonValue.of("[[1]]"));
        assertThat(CLIENT.operation("setNote").orElseThrow().requestDecoder()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.operation("setNote")
                        .orElseThrow()
                        .call()
                        .path("id", "t")
                        .build())
                .withMessage("setNote needs a body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/paths/~1tools/get/responses/200 | content | { text/event-stream: {} } | this media type is not supported",
                "/paths/~1tools/get/responses/200 | content | { application/json: {} } | the response needs a schema",
                "/paths/~1tools/get/responses/200 | content | { application/x-ndjson: {} } | the response needs a schema",
                "/paths/~1tools~1all/put | requestBody | { content: {} } | the request body needs content",
                "/paths/~1tools~1all/put | requestBody | { content: { application/json: {} } } | the request body needs a"
                        + " schema",
                "/components/schemas/LendForm/properties | to | { type: string, format: binary } | a part must be a text",
            })
    void shouldRefuse(String pointer, String key, String yaml, String message) {
        Element root = Element.root(Workshop.with(pointer, key, yaml));

        assertThatThrownBy(() -> new Sources(root, Nasty.PACKAGES).all())
                .isInstanceOf(DescriptionException.class)
                .hasMessageStartingWith("#/")
                .hasMessageContaining(message);
    }
}
