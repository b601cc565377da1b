package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.ExportsApi;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.model.DeltaAssetVulnerability;
import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.VulnerabilityWatch;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * Full exports, page by page or by files, with a continuous watch of changes. Returned by
 * {@link DefenderClient#exports()}.
 *
 * @since 0.1.0
 */
public final class Exports extends ExportsApi {

    private final Pipeline pipeline;
    private final Downloads downloads;

    Exports(Pipeline pipeline, Downloads downloads) {
        super(pipeline);
        this.pipeline = pipeline;
        this.downloads = downloads;
    }

    /**
     * Reads all files of an export. {@link ExportFlux} describes the order, errors, resumption and limits; permission
     * and quota are those of {@link FileExport#operation()}.
     *
     * @param export the export, one of {@link FileExports}
     * @param <T> type of the records
     * @return the records
     */
    public <T extends JsonEncodable> ExportFlux<T> read(FileExport<T> export) {
        Call<ExportFilesResponse> call = new Operation<>(
                        export.operation(), ResponseShape.SINGLE, ExportFilesResponse::read, null, null, null)
                .call()
                .build();
        return ExportFlux.of(export, pipeline.single(call), downloads, pipeline.limits());
    }

    /**
     * Returns a continuous stream of changes of software vulnerabilities. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: a change is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No change is lost that becomes visible within the deepest overlap after
     * its {@code eventTimestamp}. A change is identified by its id, device group and status; together with its
     * {@code eventTimestamp} they are a key that a consumer sees once. A change without a readable
     * {@code eventTimestamp} is reported as irregular.
     *
     * <p>The service calculates changes every six hours, so the default interval is one hour, each poll reads the last
     * eight hours again, and one poll a day and the first after a restart read 24 hours. The service returns changes of
     * the last 14 days only: a watch that was interrupted for more than 12 days ends with {@link WatchException}. Read
     * {@link #vulnerabilities()} then, and start a new watch. The watch remembers each change within the deepest
     * overlap, about 400 bytes in memory and 200 bytes in the store.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. For permission and quota see
     * {@link ExportsApi#vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery)}. A consumer that blocks needs
     * {@code publishOn}.
     *
     * @param options start, interval, and the store of the progress. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have a filter or an expansion
     */
    public Flux<Delivery<DeltaAssetVulnerability>> watchVulnerabilityChanges(WatchOptions options) {
        return VulnerabilityWatch.of(this, options);
    }
}
