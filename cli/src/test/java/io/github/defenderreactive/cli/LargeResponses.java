package io.github.defenderreactive.cli;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collections that are written while they are read, so that they need no memory in this JVM. */
final class LargeResponses {

    private static final int BUFFER = 64 << 10;
    private static final byte[] FILLER = "x".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII);

    private LargeResponses() {}

    /**
     * Writes a collection of items that are alerts and devices alike.
     *
     * @param exchange the request
     * @param items how many
     * @param idLength about how long each id is
     * @param titleLength how long each title is
     */
    static void collection(HttpExchange exchange, int items, int idLength, int titleLength) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER)) {
            text(out, "{\"value\":[");
            for (int i = 0; i < items; i++) {
                text(out, (i == 0 ? "" : ",") + "{\"id\":\"a" + i);
                fill(out, idLength);
                text(
                        out,
                        "\",\"alertCreationTime\":\"2026-01-01T00:00:00Z\","
                                + "\"lastUpdateTime\":\"2026-01-01T00:00:00Z\",\"title\":\"");
                fill(out, titleLength);
                text(out, "\"}");
            }
            text(out, "]}");
        } catch (IOException readerHasGone) {
            // The client closes the connection after its last row.
        }
    }

    private static void fill(OutputStream out, int length) throws IOException {
        for (int left = length; left > 0; left -= FILLER.length) {
            out.write(FILLER, 0, Math.min(left, FILLER.length));
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
