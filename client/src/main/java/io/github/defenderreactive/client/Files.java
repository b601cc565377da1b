package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.FilesApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.File;
import io.github.defenderreactive.client.model.InOrgFileStats;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.query.GetFileStatisticsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Files that were seen on devices. Opened by {@link DefenderClient#files()}.
 *
 * @since 0.1.0
 */
public final class Files {

    private final FilesApi api;

    Files(FilesApi api) {
        this.api = api;
    }

    /**
     * What is known of a file. Permission, quota and
     * errors: {@link FilesApi#getFile}.
     *
     * @param hash its SHA-1 or SHA-256 in hexadecimal digits
     * @return the file; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<File> get(String hash) {
        return api.getFile(hash);
    }

    /**
     * How often and when a file was seen in the last 30 days; {@link #statistics(String, GetFileStatisticsQuery)} without
     * another window.
     *
     * @param hash its SHA-1 or SHA-256 in hexadecimal digits
     * @return the statistics
     */
    public Mono<InOrgFileStats> statistics(String hash) {
        return statistics(hash, GetFileStatisticsQuery.all());
    }

    /**
     * How often and when a file was seen. Permission, quota and
     * errors: {@link FilesApi#getFileStatistics}.
     *
     * @param hash its SHA-1 or SHA-256 in hexadecimal digits
     * @param query how many hours to look back
     * @return the statistics; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<InOrgFileStats> statistics(String hash, GetFileStatisticsQuery query) {
        return api.getFileStatistics(hash, query);
    }

    /**
     * Alerts about a file. Permission, quota and
     * errors: {@link FilesApi#listFileAlerts}.
     *
     * @param sha1 its SHA-1; no other hash is taken
     * @return the alerts, none for an unknown file, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Alert> alerts(String sha1) {
        return api.listFileAlerts(sha1);
    }

    /**
     * Devices on which a file was seen. Permission, quota and
     * errors: {@link FilesApi#listFileMachines}.
     *
     * @param sha1 its SHA-1; no other hash is taken
     * @return the devices, none for an unknown file, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> machines(String sha1) {
        return api.listFileMachines(sha1);
    }
}
