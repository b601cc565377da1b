package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.ServiceTransport;
import io.github.defenderreactive.client.api.InvestigationsApi;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderService;
import io.github.defenderreactive.emulator.Tenant;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.github.defenderreactive.testing.VirtualClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The workflow against the service logic on one virtual clock. */
final class ActionWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    private static final int ALERTS_PER_DEVICE = 20;

    /** The application is the same for every emulator with the same seed. */
    private static final ServiceConnection APPLICATION = application();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = new VirtualClock(time, START);
    private final DefenderService service;
    private final ServiceTransport wire;
    private final LossyTransport lossy;
    private final String token;
    private final RateLimiter limiter;

    ActionWorld(int devices, UnaryOperator<DefenderEmulator.Builder> setup, boolean quotas) {
        DefenderEmulator.Builder builder = setup.apply(DefenderEmulator.builder()
                .size(devices * ALERTS_PER_DEVICE)
                .enforceQuotas(quotas)
                .tokenLifetime(Duration.ofDays(30))
                .clock(clock));
        service = builder.service();
        token = ServiceTransport.token(service, APPLICATION);
        wire = new ServiceTransport(service, time);
        lossy = new LossyTransport(wire);
        limiter = quotas ? RateLimiter.builder().scheduler(time).build() : RateLimiter.unlimited();
    }

    private static ServiceConnection application() {
        try (DefenderEmulator named =
                DefenderEmulator.builder().size(1).plainHttp(true).start()) {
            return named.connection();
        }
    }

    static ActionWorld paced(int devices, Duration pending, Duration running) {
        return new ActionWorld(devices, builder -> builder.actionPace(pending, running), false);
    }

    /** The workflow of a process of its own. */
    ActionWorkflow workflow() {
        return workflow(RetryPolicy.builder().retryBudget(1_000).build());
    }

    ActionWorkflow workflow(RetryPolicy retries) {
        return ActionWorkflow.of(
                new MachineActionsApi(pipeline(retries)),
                PollPace.USUAL,
                time,
                () -> time.now(TimeUnit.NANOSECONDS),
                clock);
    }

    InvestigationAction investigation(String device, String comment) {
        Pipeline pipeline = pipeline(RetryPolicy.builder().retryBudget(1_000).build());
        return InvestigationAction.of(
                new MachineActionsApi(pipeline), new InvestigationsApi(pipeline), time, device, comment);
    }

    private Pipeline pipeline(RetryPolicy retries) {
        TokenCache tokens = TokenCache.of(
                request -> Mono.just(AccessToken.of(token, Instant.now().plus(Duration.ofDays(30)))));
        return Pipeline.builder()
                .transport(lossy)
                .apiRoot(URI.create("https://defender.test/api"))
                .authorization(tokens, "scope")
                .retry(retries)
                .rateLimiter(limiter)
                .clock(clock)
                .scheduler(time)
                .build();
    }

    DefenderService service() {
        return service;
    }

    LossyTransport lossy() {
        return lossy;
    }

    Tenant tenant() {
        return service.tenant();
    }

    Instant now() {
        return clock.instant();
    }

    String device(int index) {
        return tenant().machineId(index);
    }

    List<String> devices(int count) {
        return IntStream.range(0, count).mapToObj(this::device).toList();
    }

    void run(Duration duration) {
        for (long tick = 0; tick < duration.toMillis(); tick += 250) {
            time.advanceTimeBy(Duration.ofMillis(250));
        }
    }

    int lists() {
        return service.journal().calls("listMachineActions").size();
    }

    int gets() {
        return service.journal().calls("getMachineAction").size();
    }

    long accepted(String operationId) {
        return service.journal().calls(operationId).stream()
                .filter(call -> call.status() == 201)
                .count();
    }

    /** The actions of the service on a device since the start, in the order of their creation. */
    List<Map<String, Object>> actions(String device) {
        List<Map<String, Object>> latestFirst = tenant().actionIds().stream()
                .map(tenant().machineActions()::get)
                .filter(action -> device.equals(action.get("machineId")))
                .filter(action -> !Instant.parse(String.valueOf(action.get("creationDateTimeUtc")))
                        .isBefore(START))
                .toList();
        return IntStream.range(0, latestFirst.size())
                .mapToObj(i -> latestFirst.get(latestFirst.size() - 1 - i))
                .toList();
    }

    @Override
    public void close() {
        time.dispose();
    }
}
