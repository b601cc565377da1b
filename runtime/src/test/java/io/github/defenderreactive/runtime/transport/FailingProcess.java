package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Flux;

/** Meets every failure of a connection, in a JVM with the log of an application. */
final class FailingProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FailingProcess() {}

    /**
     * Runs.
     *
     * @param arguments what is repeated until it succeeds, what resets an upload, and what cannot be reached
     */
    public static void main(String[] arguments) throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(30)
                .baseDelay(Duration.ofMillis(1))
                .build();
        ReactorNettyTransport transport = ReactorNettyTransport.create();
        Path file = Files.createTempFile("download", "");
        Downloads.over(transport, policy).to(arguments[0], file).block(PATIENCE);
        Files.delete(file);
        TransportRequest upload = new TransportRequest(
                "POST",
                URI.create(arguments[1]),
                Map.of(),
                RequestBody.streamed(10_000_000, Flux.range(0, 100).map(i -> ByteBuffer.wrap(new byte[100_000]))),
                Lane.INTERACTIVE);
        transport
                .exchange(upload, (head, body) -> body.then())
                .onErrorComplete()
                .blockLast(PATIENCE);
        for (int i = 2; i < arguments.length; i++) {
            TransportRequest request =
                    new TransportRequest("GET", URI.create(arguments[i]), Map.of(), null, Lane.INTERACTIVE);
            transport
                    .exchange(request, (head, body) -> body.then())
                    .onErrorComplete()
                    .blockLast(PATIENCE);
        }
        transport.closeNow().block(PATIENCE);
        System.out.println("done");
    }
}
