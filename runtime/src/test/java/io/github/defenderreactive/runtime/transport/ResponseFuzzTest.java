package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/**
 * Calls over pooled connections to a server that sends whatever it likes. No response reaches another call than its own,
 * and a call that is answered well succeeds at once, whatever came before on the connections.
 *
 * <p>Another seed, and another number of calls over plain HTTP: {@code -Ddefender.fuzz.seed=N -Ddefender.fuzz.calls=N}.
 */
class ResponseFuzzTest {

    private static final long SEED = Long.getLong("defender.fuzz.seed", 20_261_130);
    private static final int WORKERS = 4;
    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"false,10000", "true,200"})
    void shouldNeverHandAResponseToAnotherCall(boolean tls, int usual) throws Exception {
        int calls = tls ? usual : Integer.getInteger("defender.fuzz.calls", usual);
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try (HostileServer server = HostileServer.start(tls)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Worker work = new Worker(server, worker, calls / WORKERS);
                workers.add(threads.submit(work::run));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("With -Ddefender.fuzz.seed=" + SEED + ": " + failed.getCause(), failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** One user of a transport: two calls at a time, then the next two on the same connections if these are still good. */
    private static final class Worker {

        private final HostileServer server;
        private final int number;
        private final int calls;
        private final Random random;

        Worker(HostileServer server, int number, int calls) {
            this.server = server;
            this.number = number;
            this.calls = calls;
            this.random = new Random(SEED + number);
        }

        private record Sent(String id, Mischief mischief, long seed) {}

        Void run() throws Exception {
            ReactorNettyTransport transport = ReactorNettyTransport.create(TransportOptions.builder()
                    .interactiveConnections(CONNECTIONS)
                    .trustedCertificates(server.certificates())
                    .build());
            try {
                for (int done = 0; done < calls; ) {
                    List<Sent> together = new ArrayList<>();
                    for (int i = 0; i <= random.nextInt(CONNECTIONS); i++, done++) {
                        together.add(new Sent(number + "-" + done, mischief(), random.nextLong() >>> 1));
                    }
                    List<Mono<Void>> running = together.stream()
                            .map(sent -> verified(sent, transport))
                            .toList();
                    Mono.when(running).block(PATIENCE);
                    for (Sent sent : together) {
                        if (sent.mischief() == Mischief.STRAY_WHEN_IDLE) {
                            server.strayAfter(sent.id(), random);
                        }
                    }
                }
            } finally {
                transport.dispose();
            }
            return null;
        }

        /** As many good ones as bad ones, so that connections live for a while. */
        private Mischief mischief() {
            boolean good = random.nextBoolean();
            List<Mischief> all = List.of(Mischief.values()).stream()
                    .filter(one -> one.good == good)
                    .toList();
            return all.get(random.nextInt(all.size()));
        }

        private Mono<Void> verified(Sent sent, Transport transport) {
            String own = "200 " + HostileServer.body(sent.id(), sent.seed());
            return Exchanges.text(transport, Exchanges.get(server.uri(sent.id(), sent.mischief(), sent.seed())))
                    .single()
                    .map(text -> (Object) text)
                    .onErrorResume(ConnectionException.class, Mono::just)
                    .doOnNext(result -> {
                        if (sent.mischief().good) {
                            assertThat(result).as("%s", sent).isEqualTo(own);
                        } else {
                            assertThat(result)
                                    .as("%s", sent)
                                    .isInstanceOfSatisfying(
                                            ConnectionException.class,
                                            failure -> assertThat(failure.requestSent())
                                                    .isTrue());
                        }
                    })
                    .then();
        }
    }
}
