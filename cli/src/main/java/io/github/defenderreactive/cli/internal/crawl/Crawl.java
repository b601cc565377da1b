package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.cli.internal.crawl.CrawlRow.Outcome;
import io.github.defenderreactive.cli.internal.operations.CallArguments;
import io.github.defenderreactive.cli.internal.operations.OperationInvoker;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A crawl, which calls operations one after the other with arguments from earlier responses. */
public final class Crawl {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration ACTION_TIMEOUT = Duration.ofMinutes(10);
    private static final List<String> ACTIVE = List.of("Pending", "InProgress");
    private static final byte[] SCRIPT = "Write-Output 'defender crawl'\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DefenderClient client;
    private final boolean changes;
    private final @Nullable Long limit;
    private final Map<String, Recipe> recipes;
    private final ReferenceValues findings;

    /**
     * Creates a crawl, which can be run once.
     *
     * @param client the client
     * @param recipes the recipes, in the order of the calls
     * @param changes whether to call operations that change state
     * @param limit the maximum number of items of a list, or null for all
     */
    Crawl(DefenderClient client, List<Recipe> recipes, boolean changes, @Nullable Long limit) {
        this.client = client;
        this.changes = changes;
        this.limit = limit;
        this.recipes = recipes.stream()
                .collect(Collectors.toMap(
                        Recipe::operation, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        this.findings = new ReferenceValues(
                recipes.stream().flatMap(recipe -> recipe.references().stream()).toList());
    }

    /**
     * Creates a crawl of operations that change nothing.
     *
     * @param client the client
     * @param limit the maximum number of items of a list, or null for all
     * @return the crawl, which can be run once
     */
    public static Crawl reading(DefenderClient client, @Nullable Long limit) {
        return new Crawl(client, Recipes.all(), false, limit);
    }

    /**
     * Calls the operations and emits a row after each. A failed call does not fail the stream.
     *
     * @param operations the operations, of which those are called that the crawl includes
     * @return the rows
     */
    public Flux<CrawlRow> rows(List<Operation<?>> operations) {
        return Flux.fromIterable(included(operations)).concatMap(this::row, 1);
    }

    /**
     * Returns the operations that are called, in their order.
     *
     * @param operations all operations
     * @return those of them that the crawl includes
     */
    public List<Operation<?>> included(List<Operation<?>> operations) {
        Map<String, Operation<?>> open = new LinkedHashMap<>();
        operations.forEach(operation -> open.put(operation.info().id(), operation));
        List<Operation<?>> order = new ArrayList<>();
        recipes.keySet().forEach(id -> {
            Operation<?> operation = open.remove(id);
            if (operation != null) {
                order.add(operation);
            }
        });
        order.addAll(open.values());
        order.removeIf(operation -> !isIncluded(operation));
        return order;
    }

    private boolean isIncluded(Operation<?> operation) {
        Recipe recipe = recipes.get(operation.info().id());
        return changes || operation.info().method().equals("GET") || recipe != null && recipe.safe();
    }

    private Mono<CrawlRow> row(Operation<?> operation) {
        Recipe recipe = recipes.get(operation.info().id());
        Tally tally = new Tally(operation);
        if (recipe == null) {
            return Mono.just(tally.row(Outcome.FAILED, "it has no recipe"));
        }
        return Mono.defer(() -> execute(operation, recipe, tally))
                .thenReturn(Outcome.OK)
                .map(outcome -> tally.row(outcome, ""))
                .onErrorResume(failure -> Mono.just(failed(recipe, tally, failure)));
    }

    private static CrawlRow failed(Recipe recipe, Tally tally, Throwable failure) {
        if (failure instanceof MissingValueException) {
            return tally.row(Outcome.SKIPPED, String.valueOf(failure.getMessage()));
        }
        boolean expected = failure instanceof DefenderException refusal
                && recipe.refusals().contains(refusal.status());
        return tally.row(
                expected ? Outcome.REFUSED : Outcome.FAILED,
                failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    private <T> Mono<Void> execute(Operation<T> operation, Recipe recipe, Tally tally) {
        Map<String, String> arguments = new LinkedHashMap<>();
        recipe.arguments()
                .forEach((name, value) ->
                        arguments.put(name, value.fill(findings::get, Clock.systemUTC(), text -> text)));
        String body =
                recipe.body() == null ? null : recipe.body().fill(findings::get, Clock.systemUTC(), Crawl::escaped);
        Call<T> call = CallArguments.call(operation, arguments, body, Crawl::script);
        Mono<Void> before =
                recipe.awaitsAction() ? awaitCompletion(arguments.getOrDefault("id", ""), tally) : Mono.empty();
        return before.thenMany(Flux.defer(() -> items(call, tally)))
                .doOnNext(item -> {
                    tally.items.incrementAndGet();
                    findings.offer(operation.info().id(), Printing.encodable(item));
                })
                .then();
    }

    /** Reads whole pages to count them, unless a limit ends the list before. */
    private <T> Flux<T> items(Call<T> call, Tally tally) {
        if (call.operation().shape() == ResponseShape.COLLECTION && limit == null) {
            return OperationInvoker.collection(client, call)
                    .byPage()
                    .doOnNext(page -> tally.calls.incrementAndGet())
                    .concatMapIterable(page -> page.items(), 1);
        }
        tally.calls.incrementAndGet();
        return Limits.take(OperationInvoker.items(client, call, null), limit);
    }

    /** Completes after a response action has ended, successfully or not. */
    private Mono<Void> awaitCompletion(String id, Tally tally) {
        return client.single(Operations.GET_MACHINE_ACTION.call().path("id", id).build())
                .doOnNext(action -> tally.calls.incrementAndGet())
                .filter(action -> action.status() == null
                        || !ACTIVE.contains(action.status().value()))
                .repeatWhenEmpty(polls -> polls.delayElements(POLL_INTERVAL))
                .timeout(ACTION_TIMEOUT)
                .then();
    }

    private static String escaped(String text) {
        String quoted = JsonWriter.toJson(out -> out.string(text));
        return quoted.substring(1, quoted.length() - 1);
    }

    private static FileContent script(String name) {
        return FileContent.of(name, SCRIPT.length, () -> Flux.just(ByteBuffer.wrap(SCRIPT.clone())));
    }

    /** The counters of one operation. */
    private static final class Tally {

        private final Operation<?> operation;
        private final long startNanos = System.nanoTime();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong items = new AtomicLong();

        Tally(Operation<?> operation) {
            this.operation = operation;
        }

        CrawlRow row(Outcome outcome, String text) {
            return new CrawlRow(
                    operation.info().id(),
                    operation.info().api(),
                    outcome,
                    text,
                    calls.get(),
                    items.get(),
                    (System.nanoTime() - startNanos) / 1_000_000);
        }
    }
}
