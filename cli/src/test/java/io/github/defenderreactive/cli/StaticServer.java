package io.github.defenderreactive.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that issues a token to every client and responds with the same body at every other path. */
public final class StaticServer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Path secretFile;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile byte[] body;

    public StaticServer(int status, byte[] body) throws IOException {
        this.body = body;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tenant-a/oauth2/v2.0/token", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer(
                    exchange,
                    200,
                    "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"opaque-token-of-the-test\"}"
                            .getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answer(exchange, status, this.body);
        });
        // A handler may block.
        server.setExecutor(threads);
        server.start();
        secretFile = Files.createTempFile("secret", ".txt");
        Files.writeString(secretFile, "a-secret-of-the-test\n");
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Sets the body of later responses. */
    public void respondWith(String json) {
        body = json.getBytes(StandardCharsets.UTF_8);
    }

    /** Adds a handler for another path, whose requests are not recorded. */
    public void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    public List<String> requests() {
        return requests;
    }

    /** Returns a client of this server. */
    public DefenderClient client() {
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE
                        .withBaseUrl(URI.create(url()))
                        .withAuthority(URI.create(url())))
                .tenantId("tenant-a")
                .clientSecret("client-a", () -> "a-secret-of-the-test")
                .build();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the options that connect to this server. */
    public List<String> options() {
        String url = url();
        return List.of(
                "--base-url",
                url,
                "--authority",
                url,
                "--tenant",
                "tenant-a",
                "--client-id",
                "client-a",
                "--client-secret-file",
                secretFile.toString());
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        Files.deleteIfExists(secretFile);
    }
}
