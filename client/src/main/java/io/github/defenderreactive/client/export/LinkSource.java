package io.github.defenderreactive.client.export;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The current links of one subscription. Files that find their link expired at the same time share one request. */
final class LinkSource {

    private final Mono<ExportLinks> request;

    private @Nullable ExportLinks current;
    private @Nullable Mono<ExportLinks> renewal;

    LinkSource(Mono<ExportLinks> request) {
        this.request = request;
    }

    /**
     * Returns links other than the given ones, requesting them unless another file has done so.
     *
     * @param used the links that are no longer valid; null if there were none
     */
    synchronized Mono<ExportLinks> other(@Nullable ExportLinks used) {
        ExportLinks latest = current;
        if (latest != null && latest != used) {
            return Mono.just(latest);
        }
        Mono<ExportLinks> running = renewal;
        if (running == null) {
            running = request.doOnNext(this::received)
                    .doOnError(failure -> ended())
                    .doOnCancel(this::ended)
                    .share();
            renewal = running;
        }
        return running;
    }

    private synchronized void received(ExportLinks links) {
        current = links;
        renewal = null;
    }

    private synchronized void ended() {
        renewal = null;
    }
}
