package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** One client a tenant over shared connections; each tenant is an emulator of its own. */
class DefenderClientsTest {

    private final DefenderEmulator first =
            DefenderEmulator.builder().size(40).seed(1).start();
    private final DefenderEmulator second =
            DefenderEmulator.builder().size(60).seed(2).start();
    private final String firstTenant = first.tenantId();
    private final String secondTenant = second.tenantId();
    private final ClientResources resources = ClientResources.create(TransportOptions.builder()
            .trustedCertificates(List.of(first.certificate(), second.certificate()))
            .build());

    @AfterEach
    void stop() {
        resources.close();
        first.close();
        second.close();
    }

    private DefenderEmulator emulator(String tenant) {
        return tenant.equals(firstTenant) ? first : second;
    }

    private DefenderClient.Builder client(String tenant) {
        DefenderEmulator emulator = emulator(tenant);
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE
                        .withServer(emulator.baseUrl())
                        .withAuthority(emulator.authority()))
                .credential(ClientSecretCredential.builder()
                        .clientId(emulator.clientId())
                        .secret(emulator::clientSecret));
    }

    @Test
    void shouldMakeOneClientForEachTenant() {
        DefenderClients clients = DefenderClients.over(resources, this::client);

        assertThat(clients.of(firstTenant)).isSameAs(clients.of(firstTenant)).isNotSameAs(clients.of(secondTenant));
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();
        StepVerifier.create(clients.of(secondTenant).alerts().list())
                .expectNextCount(60)
                .verifyComplete();
        StepVerifier.create(clients.of(firstTenant).machines().list())
                .thenConsumeWhile(machine -> true)
                .verifyComplete();

        assertThat(first.journal().tokenRequests()).isOne();
        assertThat(second.journal().tokenRequests()).isOne();
    }

    @Test
    void shouldLeaveTheOthersAloneWhenOneTenantIsRefused() {
        DefenderClients clients = DefenderClients.over(resources, tenant -> {
            DefenderClient.Builder builder = client(tenant);
            return tenant.equals(firstTenant)
                    ? builder.credential(ClientSecretCredential.builder()
                            .clientId(first.clientId())
                            .secret(() -> "not the secret"))
                    : builder;
        });

        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContaining("AADSTS7000215"))
                .verify(Clients.PATIENCE);
        StepVerifier.create(clients.of(secondTenant).alerts().list())
                .expectNextCount(60)
                .verifyComplete();
    }

    @Test
    void shouldMergeTheWorkForAllTenants() {
        DefenderClients clients = DefenderClients.over(resources, tenant -> {
            DefenderClient.Builder builder = client(tenant);
            return tenant.equals(firstTenant)
                    ? builder.credential(ClientSecretCredential.builder()
                            .clientId(first.clientId())
                            .secret(() -> "not the secret"))
                    : builder;
        });

        List<TenantSignal<Alert>> signals = clients.each(
                        Mono.just(List.of(firstTenant, secondTenant)),
                        (tenant, client) -> client.alerts().list())
                .collectList()
                .block(Clients.PATIENCE);

        assertThat(signals).hasSize(61);
        assertThat(signals)
                .filteredOn(signal -> signal.tenantId().equals(firstTenant))
                .singleElement()
                .isInstanceOfSatisfying(
                        TenantSignal.Failure.class,
                        failure -> assertThat(failure.error()).isInstanceOf(AuthenticationException.class));
        assertThat(signals)
                .filteredOn(signal -> signal.tenantId().equals(secondTenant))
                .hasSize(60)
                .allSatisfy(signal -> assertThat(signal).isInstanceOf(TenantSignal.Item.class));
    }

    /** A subscriber that requests one item at a time gets one of each tenant in turn, however many one of them has. */
    @Test
    void shouldShareTheDemandAmongTenants() {
        DefenderClients clients = DefenderClients.over(resources, this::client);
        Flux<String> tenants = clients.each(
                        Mono.just(List.of(firstTenant, secondTenant)),
                        (tenant, client) -> Flux.range(0, tenant.equals(firstTenant) ? 100_000 : 200))
                .map(TenantSignal::tenantId);
        List<String> items = new ArrayList<>();
        AtomicReference<Subscription> demand = new AtomicReference<>();
        tenants.subscribe(items::add, error -> {}, () -> {}, demand::set);

        for (int i = 0; i < 400; i++) {
            demand.get().request(1);
        }
        demand.get().cancel();

        assertThat(items.stream().filter(firstTenant::equals)).hasSize(200);
        assertThat(items).hasSize(400);
    }

    @Test
    void shouldBeginAndEndWorkAsTenantsComeAndGo() {
        DefenderClients clients = DefenderClients.over(resources, this::client);
        Sinks.Many<List<String>> tenants = Sinks.many().unicast().onBackpressureBuffer();
        List<String> log = new CopyOnWriteArrayList<>();
        Flux<TenantSignal<String>> work = clients.each(
                tenants.asFlux(),
                (tenant, client) -> Flux.just(tenant)
                        .concatWith(Flux.never())
                        .doOnSubscribe(subscription -> log.add("+" + tenant))
                        .doOnCancel(() -> log.add("-" + tenant)));

        StepVerifier.create(work)
                .then(() -> tenants.tryEmitNext(List.of(firstTenant)))
                .expectNext(new TenantSignal.Item<>(firstTenant, firstTenant))
                .then(() -> tenants.tryEmitNext(List.of(firstTenant, secondTenant)))
                .expectNext(new TenantSignal.Item<>(secondTenant, secondTenant))
                .then(() -> tenants.tryEmitNext(List.of(secondTenant)))
                .then(() -> tenants.tryEmitNext(List.of(secondTenant, firstTenant)))
                .expectNext(new TenantSignal.Item<>(firstTenant, firstTenant))
                .then(() -> tenants.tryEmitNext(List.of()))
                .then(tenants::tryEmitComplete)
                .expectComplete()
                .verify(Clients.PATIENCE);

        assertThat(log)
                .startsWith("+" + firstTenant, "+" + secondTenant, "-" + firstTenant, "+" + firstTenant)
                .hasSize(6);
    }

    @Test
    void shouldCancelTheWorkForAllTenants() {
        DefenderClients clients = DefenderClients.over(resources, this::client);
        AtomicInteger cancelled = new AtomicInteger();

        StepVerifier.create(clients.each(
                        Mono.just(List.of(firstTenant, secondTenant)),
                        (tenant, client) ->
                                Flux.just(tenant).concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet)))
                .expectNextCount(2)
                .thenCancel()
                .verify(Clients.PATIENCE);

        assertThat(cancelled).hasValue(2);
    }

    @Test
    void shouldReportWorkThatCannotBeCreated() {
        DefenderClients clients = DefenderClients.over(
                resources, tenant -> DefenderClient.builder().credential(ClientSecretCredential.builder()));

        StepVerifier.create(clients.each(
                        Mono.just(List.of(firstTenant)),
                        (tenant, client) -> client.alerts().list()))
                .expectNextMatches(signal -> signal instanceof TenantSignal.Failure<?> failure
                        && failure.error() instanceof IllegalStateException)
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldCloseOnlyWhatItCreated() {
        DefenderClients clients = DefenderClients.over(resources, this::client);

        clients.of(firstTenant).close();

        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();
    }

    @Test
    void shouldForgetATenantWithItsToken() {
        DefenderClients clients = DefenderClients.over(resources, this::client);
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();

        clients.forget(firstTenant);
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();

        assertThat(first.journal().tokenRequests()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatACredentialLacks() {
        DefenderClients clients = DefenderClients.over(
                resources, tenant -> DefenderClient.builder().credential(ClientSecretCredential.builder()));

        assertThatIllegalStateException()
                .isThrownBy(() -> clients.of(firstTenant))
                .withMessageContaining("clientId")
                .withMessageContaining("secret");
    }
}
