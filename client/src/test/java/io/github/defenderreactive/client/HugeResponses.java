package io.github.defenderreactive.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service whose responses ask for more memory than a small process has. The name of each stands in the request. */
final class HugeResponses implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    private static final String TIMES =
            "\"alertCreationTime\":\"2026-01-01T00:00:00Z\",\"lastUpdateTime\":\"2026-01-01T00:00:00Z\"";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    HugeResponses() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::respond);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void respond(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        String request = exchange.getRequestURI().toString();
        try (OutputStream body = new BufferedOutputStream(exchange.getResponseBody(), BUFFER)) {
            write(new Text(body), request);
        } catch (IOException readerHasGone) {
            // as it should, when it has seen enough
        }
    }

    private static void write(Text out, String request) throws IOException {
        String name = SmallHeapProgram.NAMES.stream()
                .filter(request::contains)
                .findFirst()
                .orElse("");
        switch (name) {
            case "longTitle" -> alerts(out, 1, 12 << 20);
            case "sixLongTitles" -> alerts(out, 6, 15 << 20);
            case "sixTitlesThatFit" -> alerts(out, 6, 4_000_000);
            case "manyRows" -> rows(out, 50_000, 1_500);
            case "longLink" ->
                out.text("{\"value\":[{\"id\":\"a\"}],\"@odata.nextLink\":\"/api/machines?$skiptoken=")
                        .repeat("x", 10 << 20)
                        .text("\"}");
            case "largeEnvelope" -> {
                out.text("{");
                for (int i = 0; i < 1_000_000; i++) {
                    out.text("\"m" + i + "\":").text("\"").repeat("x", 100).text("\",");
                }
                out.text("\"value\":[]}");
            }
            case "manyMembers" ->
                out.text("{\"value\":[{\"id\":\"a\"," + TIMES)
                        .repeat(",\"x\":1", 600_000)
                        .text("}]}");
            case "manyElements" ->
                out.text("{\"value\":[{\"id\":\"a\"," + TIMES + ",\"odd\":[{}")
                        .repeat(",{}", 1_300_000)
                        .text("]}]}");
            case "longNumber" ->
                out.text("{\"value\":[{\"id\":\"a\",\"odd\":1")
                        .repeat("0", 3_000_000)
                        .text("," + TIMES + "}]}");
            case "largeEntity" ->
                out.text("{\"id\":\"a\",\"title\":\"").repeat("x", 60 << 20).text("\"}");
            case "longWatch" -> watched(out);
            default -> out.text("{\"value\":[]}");
        }
    }

    private static void alerts(Text out, int count, int length) throws IOException {
        out.text("{\"value\":[");
        for (int i = 0; i < count; i++) {
            out.text((i == 0 ? "" : ",") + "{\"id\":\"a" + i + "\"," + TIMES + ",\"title\":\"")
                    .repeat("x", length)
                    .text("\"}");
        }
        out.text("]}");
    }

    private static void rows(Text out, int count, int length) throws IOException {
        out.text("{\"value\":[");
        for (int i = 0; i < count; i++) {
            out.text((i == 0 ? "" : ",") + "{\"id\":\"m" + i)
                    .repeat("x", length)
                    .text("\"}");
        }
        out.text("]}");
    }

    private static void watched(Text out) throws IOException {
        out.text("{\"value\":[");
        for (int i = 0; i < 50_000; i++) {
            out.text((i == 0 ? "" : ",") + "{" + TIMES + ",\"id\":\"a" + i)
                    .repeat("x", 900)
                    .text("\"}");
        }
        out.text("]}");
    }

    private record Text(OutputStream out) {

        Text text(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Text repeat(String text, int times) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
            return this;
        }
    }
}
