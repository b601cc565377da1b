package io.github.defenderreactive.client.export;

import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import reactor.core.publisher.Mono;

/**
 * The service side of an export.
 *
 * @param export the operation and its records
 * @param request requests the links
 * @param downloads downloads the files
 * @param limits the limits of a record
 */
record ExportSource<T extends JsonEncodable>(
        FileExport<T> export, Mono<ExportFilesResponse> request, Downloads downloads, JsonLimits limits) {

    String operationId() {
        return export.operation().id();
    }
}
