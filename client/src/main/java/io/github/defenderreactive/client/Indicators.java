package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.IndicatorsApi;
import io.github.defenderreactive.client.indicator.IndicatorSync;
import io.github.defenderreactive.client.indicator.IndicatorSyncException;
import io.github.defenderreactive.client.indicator.IndicatorSyncOptions;
import io.github.defenderreactive.client.indicator.IndicatorSyncReport;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.client.query.ListIndicatorsQuery;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The operations on indicators, with a sync to a wanted state. Returned by {@link DefenderClient#indicators()}.
 *
 * @since 0.1.0
 */
public final class Indicators extends IndicatorsApi {

    Indicators(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Brings the indicators of an owner into a wanted state. Lists the existing indicators, compares them with the
     * wanted ones by type and value, and sends only the differences, 500 in a call: creations and updates first,
     * deletions last unless the others need their room.
     *
     * <p>Each row is checked before it is sent: type, action and severity are known, the value has the form of its
     * type, title and description are set, {@code Audit} generates an alert, {@code expirationTime} is in the future. A
     * row that fails, here or in the service, is reported and does not affect the others, and its existing indicator is
     * not deleted. Members that a row does not set are not compared; {@code application} never is, because the service
     * stores it only at creation.
     *
     * <p>If the response to a batch is lost, the indicators are listed again, and what is missing is sent once more. So
     * a sync that is repeated changes nothing further.
     *
     * <p>Cold: each subscription is a sync of its own; two syncs of one owner must not run at the same time. Cancel
     * stops before the next batch; the service completes the current one. For permissions and quotas see
     * {@link #list(ListIndicatorsQuery)}, {@link #batchImport} and {@link #batchDelete}: {@code Ti.ReadWrite.All}, and
     * 30 batches a minute. An application with {@code Ti.ReadWrite} only sees its own indicators, so the limit of the
     * tenant cannot be checked.
     *
     * @param wanted the wanted indicators, at most 15,000; its error ends the sync before anything is sent
     * @param options owner, deletion and dry run
     * @return the report, with the failed rows; completes after it. Ends with {@link IndicatorSyncException} before
     *     anything is sent if the tenant would have more than 15,000 indicators, and if a batch fails, with the report
     *     so far; with the other {@link DefenderException}s if the list cannot be read
     */
    public Mono<IndicatorSyncReport> sync(Publisher<SubmitIndicatorRequest> wanted, IndicatorSyncOptions options) {
        return IndicatorSync.of(this, wanted, options);
    }
}
