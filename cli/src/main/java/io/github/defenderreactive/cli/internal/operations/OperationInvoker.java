package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Invocation of any operation, whatever the shape of its response. */
public final class OperationInvoker {

    private OperationInvoker() {}

    /**
     * Calls an operation and emits the items of its response: none, one, or those of all pages.
     *
     * @param <T> the type of the items
     * @param client the client
     * @param call the call
     * @param pages the maximum number of pages of a collection, or null for all
     * @return the items
     * @throws UsageException if the number of pages is less than 1
     */
    public static <T> Flux<T> items(DefenderClient client, Call<T> call, @Nullable Integer pages) {
        return switch (call.operation().shape()) {
            case EMPTY -> client.empty(empty(call)).thenMany(Flux.empty());
            case SINGLE -> client.single(call).flux();
            case ITEMS, TEXT, BYTES ->
                Flux.error(new UsageException(call.operation().info().id() + " responds with "
                        + call.operation().shape() + ", which the command does not print"));
            case COLLECTION ->
                pages == null ? collection(client, call) : Limits.takePages(collection(client, call), pages);
        };
    }

    /**
     * Reads a collection by its next links, even if a complete read would use time windows.
     *
     * @param <T> the type of the items
     * @param client the client
     * @param call a call of an operation that returns a collection
     * @return the items
     */
    public static <T> PagedFlux<T> collection(DefenderClient client, Call<T> call) {
        return client.paged(call).withoutTimeWindows();
    }

    @SuppressWarnings("unchecked") // An operation with an empty response is an Operation<Void>.
    private static Call<Void> empty(Call<?> call) {
        return (Call<Void>) call;
    }
}
