package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sends a request with a token and follows a signed link, in a JVM whose libraries log all they can. */
final class LoudProcess {

    private LoudProcess() {}

    public static void main(String[] arguments) {
        ReactorNettyTransport transport = ReactorNettyTransport.create();
        for (int i = 0; i < 2; i++) {
            // the second one on the connection of the first
            TransportRequest request = new TransportRequest(
                    "GET",
                    URI.create(arguments[0]),
                    Map.of("Authorization", "Bearer " + arguments[1]),
                    null,
                    Lane.INTERACTIVE);
            transport.exchange(request, (head, body) -> body.then()).blockLast(Duration.ofSeconds(20));
        }
        Downloads.over(transport, RetryPolicy.none()).bytes(arguments[0]).blockLast(Duration.ofSeconds(20));
        try {
            Downloads.over(transport, RetryPolicy.none()).bytes(arguments[2]).blockLast(Duration.ofSeconds(20));
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        transport.dispose();
        System.out.println("done " + ReplaySafety.SAFE);
    }
}
