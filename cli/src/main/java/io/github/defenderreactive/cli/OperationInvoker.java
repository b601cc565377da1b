package io.github.defenderreactive.cli;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What any call answers, whatever its shape: nothing, one value, or the items of all pages. */
final class OperationInvoker {

    private OperationInvoker() {}

    /**
     * The answer's items.
     *
     * @param pages most pages to read of a collection, or null for all
     */
    static <T> Flux<T> items(DefenderClient client, Call<T> call, @Nullable Integer pages) {
        return switch (call.operation().shape()) {
            case EMPTY -> client.empty(empty(call)).thenMany(Flux.empty());
            case SINGLE -> client.single(call).flux();
            case COLLECTION ->
                pages == null ? collection(client, call) : Limits.takePages(collection(client, call), pages);
        };
    }

    /** The operation as it is: its links are followed, also where a complete read would not. */
    static <T> PagedFlux<T> collection(DefenderClient client, Call<T> call) {
        return client.paged(call).followingLinks();
    }

    @SuppressWarnings("unchecked") // an operation that answers nothing is an Operation<Void>
    private static Call<Void> empty(Call<?> call) {
        return (Call<Void>) call;
    }
}
