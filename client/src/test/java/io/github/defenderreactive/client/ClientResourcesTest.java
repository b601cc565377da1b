package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.FaultServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

/** Connections over the event loops of an application. */
class ClientResourcesTest {

    private final LoopResources loops = LoopResources.create("application", 1, true);
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(Loopback.service(request -> Loopback.machine(Loopback.lastOf(request))));
    }

    @AfterEach
    void stop() {
        server.close();
        loops.disposeLater().block(Clients.PATIENCE);
    }

    private Set<String> threadsOfACall(ClientResources resources) {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (DefenderClient client =
                Loopback.builder(server).resources(resources).build()) {
            StepVerifier.create(client.token(Api.DEFENDER_ENDPOINT)
                            .doOnNext(
                                    token -> threads.add(Thread.currentThread().getName()))
                            .then(client.machines().get("m1"))
                            .doOnNext(machine ->
                                    threads.add(Thread.currentThread().getName())))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
        return threads;
    }

    @Test
    void shouldRunOnTheEventLoopsOfTheApplicationAndLeaveThemOpen() {
        try (ClientResources resources =
                ClientResources.builder().loopResources(loops).build()) {
            assertThat(threadsOfACall(resources))
                    .allSatisfy(thread -> assertThat(thread).startsWith("application-"));
        }
        assertThat(loops.isDisposed()).isFalse();

        try (ClientResources others =
                ClientResources.builder().loopResources(loops).build()) {
            assertThat(threadsOfACall(others))
                    .allSatisfy(thread -> assertThat(thread).startsWith("application-"));
        }
    }

    @Test
    void shouldUseTheSharedEventLoopsByDefault() {
        try (ClientResources resources = ClientResources.create()) {
            assertThat(resources.loopResources()).isNull();
            assertThat(threadsOfACall(resources))
                    .allSatisfy(thread -> assertThat(thread).startsWith("reactor-http-"));
        }
    }

    @Test
    void shouldKeepEverySettingWhenMutated() {
        TransportOptions options = TransportOptions.builder().maxPending(9).build();
        try (ClientResources resources = ClientResources.builder()
                        .transportOptions(options)
                        .loopResources(loops)
                        .build();
                ClientResources others = resources.mutate().build()) {
            assertThat(others.transportOptions()).isSameAs(options);
            assertThat(others.loopResources()).isSameAs(loops);
            assertThat(others.api()).isNotSameAs(resources.api());
        }
    }
}
