package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.Authorization;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Clients of other APIs, generated from their descriptions, call a server. */
class NeighbourTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private static final Deque<Response> RESPONSES = new ArrayDeque<>();

    private static ReactorNettyTransport transport;
    private static DisposableServer server;
    private static URLClassLoader loader;
    private static String entry = "";

    private record Response(int status, String link, String body) {}

    @BeforeAll
    static void generate() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<URL> urls = List.of(classes.toUri().toURL());
        List<Path> files = new ArrayList<>();
        for (String name : List.of("observatory", "loft")) {
            Path target = Files.createDirectories(folder.resolve(name));
            Path source = Path.of("src", "test", "resources", "foreign", name + ".yaml");
            Garden.generate(Files.readString(source), target, name);
            Path output = target.resolve("out/src/main/java");
            Nasty.javaFiles(output).keySet().forEach(file -> files.add(output.resolve(file)));
        }
        assertThat(GeneratedClient.compile(files, classes)).isEmpty();
        entry = Files.readString(folder.resolve("loft/out/src/main/java/loft/api/SailLoft.java"));
        loader = new URLClassLoader(urls.toArray(URL[]::new), NeighbourTest.class.getClassLoader());
        transport = ReactorNettyTransport.create();
        server = HttpServer.create()
                .host("localhost")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMap(body -> {
                            REQUESTS.add(request.method() + " " + request.uri() + (body.isEmpty() ? "" : " " + body)
                                    + credentials(request.requestHeaders().get("loft_key"))
                                    + credentials(request.requestHeaders().get("Authorization")));
                            Response next = RESPONSES.remove();
                            response.status(HttpResponseStatus.valueOf(next.status()))
                                    .header("Content-Type", "application/json");
                            if (!next.link().isEmpty()) {
                                response.header("Link", next.link());
                            }
                            return response.sendString(Mono.just(next.body())).then();
                        }))
                .bindNow();
    }

    private static String credentials(String value) {
        return value == null ? "" : " " + value;
    }

    @AfterAll
    static void close() throws IOException {
        server.disposeNow();
        transport.dispose();
        loader.close();
    }

    private static void respond(int status, String... bodies) {
        for (String body : bodies) {
            RESPONSES.add(new Response(status, "", body.replace('\'', '"')));
        }
    }

    private static Pipeline pipeline(Authorization authorization) {
        REQUESTS.clear();
        return Pipeline.builder()
                .transport(transport)
                .apiRoot(URI.create("http://localhost:" + server.port() + "/v4/(S(night))"))
                .authorization(authorization)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T> Operation<T> operation(String client, String id) throws ReflectiveOperationException {
        return ((Optional<Operation<T>>) loader.loadClass(client + ".api.Operations")
                        .getMethod("find", String.class)
                        .invoke(null, id))
                .orElseThrow();
    }

    private static JsonEncodable model(String type, String json) throws ReflectiveOperationException {
        return (JsonEncodable)
                loader.loadClass(type).getMethod("read", JsonReader.class).invoke(null, JsonReader.of(json));
    }

    private static <T> List<String> page(Pipeline pipeline, Call<T> call) {
        return pipeline.paged(call).collectList().block(PATIENCE).stream()
                .map(item -> item instanceof JsonEncodable json ? JsonWriter.toJson(json) : item.toString())
                .toList();
    }

    @Test
    void shouldFollowTheLinksOfAnODataServiceThatDoesNotDeclareThem() throws ReflectiveOperationException {
        Pipeline pipeline = pipeline(Authorization.none());
        respond(
                200,
                "{'value':[{'Id':1,'Weight':'INF'}],'@odata.nextLink':'https://h.test/v4/(S(night))/Plates?$skiptoken=1'}",
                "{'@odata.nextLink':'Plates?$skiptoken=2','value':[{'Id':2}]}",
                "{'value':[{'Id':3,'Price':1.50}]}");

        assertThat(page(pipeline, operation("observatory", "getPlates").call().build()))
                .containsExactly("{\"Id\":1,\"Weight\":\"INF\"}", "{\"Id\":2}", "{\"Id\":3,\"Price\":1.50}");
        assertThat(REQUESTS)
                .containsExactly(
                        "GET /v4/(S(night))/Plates",
                        "GET /v4/(S(night))/Plates?$skiptoken=1",
                        "GET /v4/(S(night))/Plates?$skiptoken=2");
    }

    @Test
    void shouldCallAnODataService() throws ReflectiveOperationException {
        Pipeline pipeline = pipeline(Authorization.none());
        respond(200, "{'Id':7}", "{'value':[{'NightId':1,'Steps':[{'StepId':1,'Seconds':2.5}]}]}", "{'Code':'D'}");
        respond(201, "{'Id':8,'Name':'n'}");
        respond(204, "");

        pipeline.single(operation("observatory", "getPlatesById")
                        .call()
                        .path("Id", "7")
                        .build())
                .block(PATIENCE);
        page(
                pipeline,
                operation("observatory", "getWatchersByNameNights")
                        .call()
                        .path("Name", "O'Neil")
                        .build());
        pipeline.single(operation("observatory", "getNearestDomeLatByLatLonByLon")
                        .call()
                        .path("lat", "1.5")
                        .path("lon", "-2")
                        .build())
                .block(PATIENCE);
        pipeline.single(operation("observatory", "postPlates")
                        .call()
                        .body(model("observatory.model.OrgStarsPlateCreate", "{\"Name\":\"n\"}"))
                        .build())
                .block(PATIENCE);
        pipeline.empty(NeighbourTest.<Void>operation("observatory", "patchPlatesById")
                        .call()
                        .path("Id", "8")
                        .body(model("observatory.model.OrgStarsPlateUpdate", "{\"Name\":\"m\"}"))
                        .build())
                .block(PATIENCE);

        respond(200, "--r");
        Call<ByteBuffer> batch = NeighbourTest.<ByteBuffer>operation("observatory", "postBatch")
                .call()
                .content(FileContent.of("batch", 5, () -> Flux.just(StandardCharsets.UTF_8.encode("--b--"))))
                .build();
        assertThat(batch.operation().info().requestMediaType()).isEqualTo("multipart/mixed;boundary=request-separator");
        assertThat(pipeline.bytes(batch)
                        .map(part -> StandardCharsets.UTF_8.decode(part).toString())
                        .collect(Collectors.joining())
                        .block(PATIENCE))
                .isEqualTo("--r");

        assertThat(REQUESTS)
                .containsExactly(
                        "GET /v4/(S(night))/Plates(7)",
                        "GET /v4/(S(night))/Watchers('O%27%27Neil')/Nights",
                        "GET /v4/(S(night))/NearestDome(lat=1.5,lon=-2)",
                        "POST /v4/(S(night))/Plates {\"Name\":\"n\"}",
                        "PATCH /v4/(S(night))/Plates(8) {\"Name\":\"m\"}",
                        "POST /v4/(S(night))/$batch --b--");
    }

    @Test
    void shouldReadPagesOfEachShape() throws ReflectiveOperationException {
        Pipeline pipeline = pipeline(Authorization.header("loft_key", "k-1"));
        respond(200, "{'data':{'sails':[{'id':'a'}],'more':'n/2'}}", "{'data':{'more':null,'sails':[{'id':'b'}]}}");
        respond(200, "{'ropes':['r'],'pages':2}", "{'ropes':['s'],'pages':2}", "{'ropes':[],'pages':2}");
        RESPONSES.add(new Response(200, "</hooks?p=2>; rel=\"next\"", "[{\"id\":\"h\"},{\"id\":\"i\"}]"));
        respond(200, "[{'id':'j'},{'id':'k'}]");
        respond(200, "{'seams':[1],'links':{'next':'?p=2'}}", "{'seams':[2],'links':{}}");

        assertThat(page(
                        pipeline,
                        operation("loft", "listSails")
                                .call()
                                .query("colour", "red")
                                .build()))
                .containsExactly("{\"id\":\"a\"}", "{\"id\":\"b\"}");
        assertThat(page(pipeline, operation("loft", "listRopes").call().build()))
                .containsExactly("r", "s");
        assertThat(page(pipeline, operation("loft", "listHooks").call().build()))
                .hasSize(4);
        assertThat(page(pipeline, operation("loft", "listSeams").call().build()))
                .containsExactly("1", "2");
        assertThat(REQUESTS.stream().map(request -> request.replace("GET /v4/(S(night))/", "")))
                .containsExactly(
                        "sails?colour=red k-1",
                        "sails?colour=red&after=n%2F2 k-1",
                        "ropes k-1",
                        "ropes?page=1 k-1",
                        "ropes?page=2 k-1",
                        "hooks k-1",
                        "hooks?p=2 k-1",
                        "seams k-1",
                        "seams?p=2 k-1");
    }

    @Test
    void shouldNameTheAuthorizationAndSendIt() throws ReflectiveOperationException {
        Pipeline pipeline = pipeline(Authorization.basic("u", Mono.just("p")));
        respond(201, "{'id':'a'}");

        pipeline.single(operation("loft", "addSail")
                        .call()
                        .body(model("loft.model.Sail", "{\"id\":\"a\"}"))
                        .build())
                .block(PATIENCE);

        assertThat(REQUESTS).containsExactly("POST /v4/(S(night))/sails {\"id\":\"a\"} Basic dTpw");
        assertThat(entry.replaceAll("\\s+\\*\\s+", " "))
                .contains(
                        "The API accepts a secret in the header {@code loft_key}, which is the"
                                + " {@code Authorization.header(name, secret)} of the pipeline.",
                        "The API accepts HTTP Basic");
    }
}
