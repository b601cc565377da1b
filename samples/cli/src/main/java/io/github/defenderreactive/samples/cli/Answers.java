package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What any call answers, whatever its shape: nothing, one value, or the items of all pages. */
final class Answers {

    private Answers() {}

    /**
     * The answer's items.
     *
     * @param pages most pages to read of a collection, or null for all
     */
    static <T> Flux<T> of(DefenderClient client, Call<T> call, @Nullable Integer pages) {
        return switch (call.operation().shape()) {
            case EMPTY -> client.empty(nothing(call)).thenMany(Flux.empty());
            case SINGLE -> client.single(call).flux();
            case COLLECTION -> pages == null ? collection(client, call) : Limits.pages(collection(client, call), pages);
        };
    }

    /** The operation as it is: its links are followed, also where a complete read would not. */
    static <T> PagedFlux<T> collection(DefenderClient client, Call<T> call) {
        return client.paged(call).withoutTimeWindows();
    }

    @SuppressWarnings("unchecked") // an operation that answers nothing is an Operation<Void>
    private static Call<Void> nothing(Call<?> call) {
        return (Call<Void>) call;
    }
}
