package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.ExportsApi;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.pipeline.Pipeline;

/**
 * Full exports, page by page or by files. Returned by {@link DefenderClient#exports()}.
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
        return ExportFlux.of(export, pipeline.single(call), downloads);
    }
}
