package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Code that uses a generated client, after optional arguments were added to the description. */
class EvolutionTest {

    private static final GeneratedClient PLAIN = client(false, false);
    private static final GeneratedClient WITH_QUERIES = client(true, false);
    private static final GeneratedClient WITH_BOTH = client(true, true);

    private static final String USES_PLAIN = """
            ships.listShips(),
            ships.getShip("1"),
            ships.updateShip("1", UpdateShipRequest.builder().name("x").build()),
            ships.deleteShip("1"),
            ships.dockShip("1"),
            ships.uploadManifest("1"),
            Flux.just("1").flatMap(ships::getShip),
            Mono.just("1").flatMap(ships::dockShip),
            Mono.defer(() -> ships.uploadManifest("1"))
            """;
    private static final String USES_QUERIES = """
            ships.listShips(harbour.query.ListShipsQuery.builder().note("x").build()),
            ships.getShip("1", harbour.query.GetShipQuery.builder().note("x").build()),
            ships.updateShip("1", harbour.query.UpdateShipQuery.all(), UpdateShipRequest.builder().build()),
            ships.deleteShip("1", harbour.query.DeleteShipQuery.all()),
            ships.dockShip("1", harbour.query.DockShipQuery.builder().note("x").build()),
            ships.uploadManifest("1", harbour.query.UploadManifestQuery.all())
            """;
    private static final String USES_BODIES = """
            ships.dockShip("1", DockShipRequest.builder().berth("7").build()),
            ships.dockShip("1", harbour.query.DockShipQuery.builder().note("x").build(), DockShipRequest.builder().build()),
            ships.uploadManifest("1", harbour.query.ManifestForm.builder().text("x").build())
            """;

    @TempDir
    Path folder;

    private static GeneratedClient client(boolean queries, boolean bodies) {
        ObjectNode bundle = new Bundle(Path.of("src", "test", "resources", "evolution", "openapi.yaml")).build();
        if (queries) {
            bundle.get("paths")
                    .forEach(path -> path.properties().stream()
                            .filter(method -> method.getValue().has("operationId"))
                            .forEach(method -> ((ObjectNode) method.getValue())
                                    .withArray("parameters")
                                    .addObject()
                                    .put("name", "note")
                                    .put("in", "query")
                                    .set("schema", bundle.objectNode().put("type", "string"))));
        }
        if (bodies) {
            ((ObjectNode) bundle.at("/components/schemas/ManifestForm"))
                    .putArray("required")
                    .add("text");
            body(bundle, "/ships/{id}/dock", "application/json", "DockShipRequest");
            body(bundle, "/ships/{id}/manifest", "multipart/form-data", "ManifestForm");
        }
        return GeneratedClient.of(bundle);
    }

    private static void body(ObjectNode bundle, String path, String media, String schema) {
        ((ObjectNode) bundle.get("paths").get(path).get("post"))
                .putObject("requestBody")
                .putObject("content")
                .putObject(media)
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    @Test
    void shouldKeepCallersWhenTheFirstOptionalQueryParameterIsAdded() throws Exception {
        List<String> before = callers(USES_PLAIN, PLAIN, PLAIN);

        assertThat(before)
                .containsExactly(
                        "GET /api/ships",
                        "GET /api/ships/1",
                        "PATCH /api/ships/1 with a body",
                        "DELETE /api/ships/1",
                        "POST /api/ships/1/dock",
                        "POST /api/ships/1/manifest",
                        "GET /api/ships/1",
                        "POST /api/ships/1/dock",
                        "POST /api/ships/1/manifest");
        assertThat(callers(USES_PLAIN, PLAIN, WITH_QUERIES)).isEqualTo(before);
        assertThat(callers(USES_PLAIN, WITH_QUERIES, WITH_QUERIES)).isEqualTo(before);
    }

    @Test
    void shouldKeepCallersWhenAnOptionalBodyIsAdded() throws Exception {
        List<String> queries = callers(USES_QUERIES, WITH_QUERIES, WITH_QUERIES);

        assertThat(queries)
                .containsExactly(
                        "GET /api/ships?note=x",
                        "GET /api/ships/1?note=x",
                        "PATCH /api/ships/1 with a body",
                        "DELETE /api/ships/1",
                        "POST /api/ships/1/dock?note=x",
                        "POST /api/ships/1/manifest");
        assertThat(callers(USES_QUERIES, WITH_QUERIES, WITH_BOTH)).isEqualTo(queries);
        assertThat(callers(USES_QUERIES, WITH_BOTH, WITH_BOTH)).isEqualTo(queries);
        assertThat(callers(USES_PLAIN, WITH_BOTH, WITH_BOTH)).isEqualTo(callers(USES_PLAIN, PLAIN, WITH_BOTH));
    }

    @Test
    void shouldSendAnOptionalBodyWithAndWithoutAQuery() throws Exception {
        assertThat(callers(USES_BODIES, WITH_BOTH, WITH_BOTH))
                .containsExactly(
                        "POST /api/ships/1/dock with a body",
                        "POST /api/ships/1/dock?note=x with a body",
                        "POST /api/ships/1/manifest with a body");
    }

    @Test
    void shouldCompileWithoutWarningsAndDocumentEveryForm() throws Exception {
        assertThat(List.of(PLAIN, WITH_QUERIES, WITH_BOTH))
                .allSatisfy(client -> assertThat(client.compilerOutput()).isEmpty());
        assertThat(WITH_BOTH.javadocOutput()).isEmpty();
    }

    /** Compiles calls against one client and runs them with another; returns the requests. */
    private List<String> callers(String calls, GeneratedClient compiled, GeneratedClient linked)
            throws IOException, ReflectiveOperationException {
        String source = """
                import harbour.api.*;
                import harbour.model.*;
                import io.github.defenderreactive.runtime.pipeline.Pipeline;
                import java.util.List;
                import java.util.function.Function;
                import org.reactivestreams.Publisher;
                import reactor.core.publisher.*;

                public class Caller implements Function<Pipeline, List<Publisher<?>>> {
                    public List<Publisher<?>> apply(Pipeline pipeline) {
                        ShipsApi ships = new Harbour(pipeline).ships();
                        return List.of(%s);
                    }
                }
                """.formatted(calls);
        List<String> requests = new ArrayList<>();
        Transport journal = new Transport() {
            @Override
            public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
                URI uri = request.uri();
                requests.add(request.method() + " " + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                        + (request.body() == null ? "" : " with a body"));
                return Flux.from(reader.read(new ResponseHead(404, Map.of()), Flux.empty()));
            }
        };
        Pipeline pipeline = Pipeline.builder()
                .transport(journal)
                .apiRoot(URI.create("https://harbour.example/api"))
                .authorization(
                        TokenCache.of(request -> Mono.just(AccessToken.of("token", Instant.MAX))),
                        "https://harbour.example/.default")
                .build();
        @SuppressWarnings("unchecked")
        Function<Pipeline, List<Publisher<?>>> caller =
                (Function<Pipeline, List<Publisher<?>>>) compiled.compile("Caller", source, folder, linked);
        List<Publisher<?>> publishers = caller.apply(pipeline);
        assertThat(requests).isEmpty();
        publishers.forEach(publisher -> Flux.from(publisher).onErrorComplete().blockLast());
        return requests;
    }
}
