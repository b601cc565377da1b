package io.github.defenderreactive.client;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.odata.Filter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes calls in a process of little memory and prints what each came to, in one line. */
final class SmallHeapProgram {

    static final List<String> NAMES = List.of(
            "longTitle",
            "sixLongTitles",
            "sixTitlesThatFit",
            "manyRows",
            "longLink",
            "largeEnvelope",
            "manyMembers",
            "manyElements",
            "longNumber",
            "largeEntity",
            "watchOfALongTitle",
            "watchOfALargeFile",
            "watchOfManyVersions",
            "longWatch");

    private static final long PATIENCE_SECONDS = 60;

    private final DefenderClient client;
    private final Path folder;

    private SmallHeapProgram(DefenderClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    /** Arguments: the address of the service, a folder with cursor files. */
    public static void main(String[] arguments) {
        URI url = URI.create(arguments[0]);
        DefenderClient client = DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE.withServer(url).withAuthority(url))
                .tenantId("tenant")
                .credential(request ->
                        Mono.just(AccessToken.of("no-secret", Instant.now().plusSeconds(3_600))))
                .build();
        SmallHeapProgram program = new SmallHeapProgram(client, Path.of(arguments[1]));
        NAMES.forEach(name -> System.out.println(name + ": " + program.outcome(name)));
        System.out.println("end");
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Waits as a program does that has nothing else to do, and counts what comes. */
    private String outcome(String name) {
        long[] items = new long[1];
        CompletableFuture<Object> end = new CompletableFuture<>();
        call(name).subscribe(item -> items[0]++, end::complete, () -> end.complete("complete"));
        Object outcome = waitFor(end);
        return items[0] + " " + (outcome instanceof Throwable error ? kinds(error) : outcome);
    }

    private static Object waitFor(CompletableFuture<Object> end) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - until < 0) {
            try {
                return end.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException | OutOfMemoryError again) {
                // Where nothing is left, every thread may be the one that finds out.
            } catch (InterruptedException | ExecutionException e) {
                return e;
            }
        }
        return "HANGS";
    }

    private static String kinds(Throwable error) {
        StringBuilder kinds = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            kinds.append(kinds.isEmpty() ? "" : " <- ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }

    private Flux<?> call(String name) {
        Filter filter = Filter.raw("title eq '" + name + "'");
        return switch (name) {
            case "manyRows", "longLink" ->
                client.machines()
                        .list(ListMachinesQuery.builder().filter(filter).build());
            case "largeEntity" -> client.alerts().get(name).flux();
            case "watchOfALongTitle" -> watch(WatchOptions.builder().filter(Filter.raw("title eq 'longTitle'")));
            case "watchOfALargeFile", "watchOfManyVersions" ->
                watch(WatchOptions.builder().filter(filter).store(CursorStore.file(folder.resolve(name))));
            case "longWatch" -> watch(WatchOptions.builder().filter(filter));
            default ->
                client.alerts()
                        .list(ListAlertsQuery.builder().filter(filter).build())
                        .map(JsonWriter::toJson);
        };
    }

    /** Ends when a poll is complete, as nothing else would end a watch that is well. */
    private Flux<?> watch(WatchOptions.Builder options) {
        CompletableFuture<Void> polled = new CompletableFuture<>();
        return client.alerts()
                .watch(options.since(Instant.parse("2025-01-01T00:00:00Z"))
                        .every(Duration.ofSeconds(1))
                        .stopWhen(Mono.fromFuture(polled, true))
                        .listener(event -> {
                            if (event instanceof WatchEvent.Polled) {
                                polled.complete(null);
                            }
                        })
                        .build())
                .concatMap(delivery -> delivery.acknowledge().thenReturn(Map.of()));
    }
}
