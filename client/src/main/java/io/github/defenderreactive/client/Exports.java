package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.ExportsApi;
import io.github.defenderreactive.client.model.AssetBaselineAssessment;
import io.github.defenderreactive.client.model.AssetBrowserExtension;
import io.github.defenderreactive.client.model.AssetCertificateAssessment;
import io.github.defenderreactive.client.model.AssetConfiguration;
import io.github.defenderreactive.client.model.AssetHardwareFirmware;
import io.github.defenderreactive.client.model.AssetNonCpeSoftware;
import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.client.model.BrowserExtensionPermissionInfo;
import io.github.defenderreactive.client.model.DeltaAssetVulnerability;
import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.client.query.ExportBrowserExtensionFilesQuery;
import io.github.defenderreactive.client.query.ExportBrowserExtensionsQuery;
import io.github.defenderreactive.client.query.ExportCertificateFilesQuery;
import io.github.defenderreactive.client.query.ExportCertificatesQuery;
import io.github.defenderreactive.client.query.ExportHardwareFirmwareFilesQuery;
import io.github.defenderreactive.client.query.ExportHardwareFirmwareQuery;
import io.github.defenderreactive.client.query.ExportInformationGatheringFilesQuery;
import io.github.defenderreactive.client.query.ExportNonCpeSoftwareInventoryFilesQuery;
import io.github.defenderreactive.client.query.ExportNonCpeSoftwareInventoryQuery;
import io.github.defenderreactive.client.query.ExportSecureConfigurationFilesQuery;
import io.github.defenderreactive.client.query.ExportSecureConfigurationsQuery;
import io.github.defenderreactive.client.query.ExportSecurityBaselineFilesQuery;
import io.github.defenderreactive.client.query.ExportSecurityBaselinesQuery;
import io.github.defenderreactive.client.query.ExportSoftwareInventoryFilesQuery;
import io.github.defenderreactive.client.query.ExportSoftwareInventoryQuery;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilitiesQuery;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityFilesQuery;
import io.github.defenderreactive.client.query.ListBrowserExtensionPermissionsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Exports of everything of a kind: one record for each device and thing. Opened by {@link DefenderClient#exports()}.
 *
 * <p>An export comes as pages or as links to files, and both show the same snapshot. Pages have 50,000 records unless
 * {@link PagedFlux#pageSize} says otherwise, at most 200,000; a stream stays on the snapshot it began with. Large
 * organisations take the files: {@link DefenderClient#downloads()} fetch what a link leads to, gzip with one JSON object
 * in a line.
 *
 * @since 0.1.0
 */
public final class Exports {

    private final ExportsApi api;

    Exports(ExportsApi api) {
        this.api = api;
    }

    /**
     * The state of every security configuration on every device; {@link
     * #secureConfigurations(ExportSecureConfigurationsQuery)} without arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetConfiguration> secureConfigurations() {
        return secureConfigurations(ExportSecureConfigurationsQuery.all());
    }

    /**
     * The state of every security configuration on every device. Permission, quota and errors: {@link
     * ExportsApi#exportSecureConfigurations}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetConfiguration> secureConfigurations(ExportSecureConfigurationsQuery query) {
        return api.exportSecureConfigurations(query);
    }

    /**
     * Links to files with the state of every security configuration on every device, valid for an hour; {@link
     * #secureConfigurationFiles(ExportSecureConfigurationFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> secureConfigurationFiles() {
        return secureConfigurationFiles(ExportSecureConfigurationFilesQuery.all());
    }

    /**
     * Links to files with the state of every security configuration on every device. Permission, quota and errors:
     * {@link ExportsApi#exportSecureConfigurationFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> secureConfigurationFiles(ExportSecureConfigurationFilesQuery query) {
        return api.exportSecureConfigurationFiles(query);
    }

    /**
     * The software that has a product code, on every device; {@link #software(ExportSoftwareInventoryQuery)} without
     * arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetSoftware> software() {
        return software(ExportSoftwareInventoryQuery.all());
    }

    /**
     * The software that has a product code, on every device. Permission, quota and errors: {@link
     * ExportsApi#exportSoftwareInventory}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetSoftware> software(ExportSoftwareInventoryQuery query) {
        return api.exportSoftwareInventory(query);
    }

    /**
     * Links to files with the software that has a product code, on every device, valid for an hour; {@link
     * #softwareFiles(ExportSoftwareInventoryFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> softwareFiles() {
        return softwareFiles(ExportSoftwareInventoryFilesQuery.all());
    }

    /**
     * Links to files with the software that has a product code, on every device. Permission, quota and errors: {@link
     * ExportsApi#exportSoftwareInventoryFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> softwareFiles(ExportSoftwareInventoryFilesQuery query) {
        return api.exportSoftwareInventoryFiles(query);
    }

    /**
     * The software that has no product code, on every device; {@link
     * #softwareWithoutProductCode(ExportNonCpeSoftwareInventoryQuery)} without arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetNonCpeSoftware> softwareWithoutProductCode() {
        return softwareWithoutProductCode(ExportNonCpeSoftwareInventoryQuery.all());
    }

    /**
     * The software that has no product code, on every device. Permission, quota and errors: {@link
     * ExportsApi#exportNonCpeSoftwareInventory}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetNonCpeSoftware> softwareWithoutProductCode(ExportNonCpeSoftwareInventoryQuery query) {
        return api.exportNonCpeSoftwareInventory(query);
    }

    /**
     * Links to files with the software that has no product code, on every device, valid for an hour; {@link
     * #softwareWithoutProductCodeFiles(ExportNonCpeSoftwareInventoryFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> softwareWithoutProductCodeFiles() {
        return softwareWithoutProductCodeFiles(ExportNonCpeSoftwareInventoryFilesQuery.all());
    }

    /**
     * Links to files with the software that has no product code, on every device. Permission, quota and errors: {@link
     * ExportsApi#exportNonCpeSoftwareInventoryFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> softwareWithoutProductCodeFiles(ExportNonCpeSoftwareInventoryFilesQuery query) {
        return api.exportNonCpeSoftwareInventoryFiles(query);
    }

    /**
     * The vulnerabilities of the software on every device; {@link
     * #vulnerabilities(ExportSoftwareVulnerabilitiesQuery)} without arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetVulnerability> vulnerabilities() {
        return vulnerabilities(ExportSoftwareVulnerabilitiesQuery.all());
    }

    /**
     * The vulnerabilities of the software on every device. Software without one has a record with no CVE. Permission,
     * quota and errors: {@link ExportsApi#exportSoftwareVulnerabilities}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetVulnerability> vulnerabilities(ExportSoftwareVulnerabilitiesQuery query) {
        return api.exportSoftwareVulnerabilities(query);
    }

    /**
     * Links to files with the vulnerabilities of the software on every device, valid for an hour; {@link
     * #vulnerabilityFiles(ExportSoftwareVulnerabilityFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> vulnerabilityFiles() {
        return vulnerabilityFiles(ExportSoftwareVulnerabilityFilesQuery.all());
    }

    /**
     * Links to files with the vulnerabilities of the software on every device. Permission, quota and errors: {@link
     * ExportsApi#exportSoftwareVulnerabilityFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> vulnerabilityFiles(ExportSoftwareVulnerabilityFilesQuery query) {
        return api.exportSoftwareVulnerabilityFiles(query);
    }

    /**
     * What changed in the vulnerabilities of the software since a time; {@link
     * #vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery)} with that time alone.
     *
     * @param since begin of the changes, at most 14 days back
     * @return the changes
     */
    public PagedFlux<DeltaAssetVulnerability> vulnerabilityChanges(Instant since) {
        return vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery.builder()
                .sinceTime(since)
                .build());
    }

    /**
     * What changed in the vulnerabilities of the software since a time. All of the six-hour period the time falls into
     * is told. A device that changed its group comes twice, as fixed in the old one and as new in the other.
     * Permission, quota and errors: {@link ExportsApi#exportSoftwareVulnerabilityChanges}.
     *
     * @param query since when, at most 14 days back; with {@code $top} the answer is that one cut and no more
     * @return the changes, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<DeltaAssetVulnerability> vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery query) {
        return api.exportSoftwareVulnerabilityChanges(query);
    }

    /**
     * The browser extensions on every device; {@link #browserExtensions(ExportBrowserExtensionsQuery)} without
     * arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetBrowserExtension> browserExtensions() {
        return browserExtensions(ExportBrowserExtensionsQuery.all());
    }

    /**
     * The browser extensions on every device. Permission, quota and errors: {@link
     * ExportsApi#exportBrowserExtensions}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetBrowserExtension> browserExtensions(ExportBrowserExtensionsQuery query) {
        return api.exportBrowserExtensions(query);
    }

    /**
     * Links to files with the browser extensions on every device, valid for an hour; {@link
     * #browserExtensionFiles(ExportBrowserExtensionFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> browserExtensionFiles() {
        return browserExtensionFiles(ExportBrowserExtensionFilesQuery.all());
    }

    /**
     * Links to files with the browser extensions on every device. Permission, quota and errors: {@link
     * ExportsApi#exportBrowserExtensionFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> browserExtensionFiles(ExportBrowserExtensionFilesQuery query) {
        return api.exportBrowserExtensionFiles(query);
    }

    /**
     * What the permissions of browser extensions mean; {@link
     * #browserExtensionPermissions(ListBrowserExtensionPermissionsQuery)} for all of them.
     *
     * @return the permissions
     */
    public PagedFlux<BrowserExtensionPermissionInfo> browserExtensionPermissions() {
        return browserExtensionPermissions(ListBrowserExtensionPermissionsQuery.all());
    }

    /**
     * What the permissions of browser extensions mean: the same for every organisation, and rarely changed.
     * Permission, quota and errors: {@link ExportsApi#listBrowserExtensionPermissions}.
     *
     * @param query with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the permissions, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<BrowserExtensionPermissionInfo> browserExtensionPermissions(
            ListBrowserExtensionPermissionsQuery query) {
        return api.listBrowserExtensionPermissions(query);
    }

    /**
     * How every device complies with the active security baselines; {@link
     * #securityBaselines(ExportSecurityBaselinesQuery)} without arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetBaselineAssessment> securityBaselines() {
        return securityBaselines(ExportSecurityBaselinesQuery.all());
    }

    /**
     * How every device complies with the active security baselines. Permission, quota and errors: {@link
     * ExportsApi#exportSecurityBaselines}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetBaselineAssessment> securityBaselines(ExportSecurityBaselinesQuery query) {
        return api.exportSecurityBaselines(query);
    }

    /**
     * Links to files with how every device complies with the active security baselines, valid for an hour; {@link
     * #securityBaselineFiles(ExportSecurityBaselineFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> securityBaselineFiles() {
        return securityBaselineFiles(ExportSecurityBaselineFilesQuery.all());
    }

    /**
     * Links to files with how every device complies with the active security baselines. Permission, quota and errors:
     * {@link ExportsApi#exportSecurityBaselineFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> securityBaselineFiles(ExportSecurityBaselineFilesQuery query) {
        return api.exportSecurityBaselineFiles(query);
    }

    /**
     * The certificates found on every device; {@link #certificates(ExportCertificatesQuery)} without arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetCertificateAssessment> certificates() {
        return certificates(ExportCertificatesQuery.all());
    }

    /**
     * The certificates found on every device. Permission, quota and errors: {@link ExportsApi#exportCertificates}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetCertificateAssessment> certificates(ExportCertificatesQuery query) {
        return api.exportCertificates(query);
    }

    /**
     * Links to files with the certificates found on every device, valid for 3 hours; {@link
     * #certificateFiles(ExportCertificateFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> certificateFiles() {
        return certificateFiles(ExportCertificateFilesQuery.all());
    }

    /**
     * Links to files with the certificates found on every device. Permission, quota and errors: {@link
     * ExportsApi#exportCertificateFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> certificateFiles(ExportCertificateFilesQuery query) {
        return api.exportCertificateFiles(query);
    }

    /**
     * Hardware and firmware of every device; {@link #hardwareAndFirmware(ExportHardwareFirmwareQuery)} without
     * arguments.
     *
     * @return the records
     */
    public PagedFlux<AssetHardwareFirmware> hardwareAndFirmware() {
        return hardwareAndFirmware(ExportHardwareFirmwareQuery.all());
    }

    /**
     * Hardware and firmware of every device. Permission, quota and errors: {@link ExportsApi#exportHardwareFirmware}.
     *
     * @param query size of pages; with {@code $top} the answer is that one cut and no more
     * @return the records, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AssetHardwareFirmware> hardwareAndFirmware(ExportHardwareFirmwareQuery query) {
        return api.exportHardwareFirmware(query);
    }

    /**
     * Links to files with hardware and firmware of every device, valid for an hour; {@link
     * #hardwareAndFirmwareFiles(ExportHardwareFirmwareFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> hardwareAndFirmwareFiles() {
        return hardwareAndFirmwareFiles(ExportHardwareFirmwareFilesQuery.all());
    }

    /**
     * Links to files with hardware and firmware of every device. Permission, quota and errors: {@link
     * ExportsApi#exportHardwareFirmwareFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> hardwareAndFirmwareFiles(ExportHardwareFirmwareFilesQuery query) {
        return api.exportHardwareFirmwareFiles(query);
    }

    /**
     * Links to files with what was gathered about every device, such as the health of its antivirus, valid for an
     * hour; {@link #informationGatheringFiles(ExportInformationGatheringFilesQuery)} without another validity.
     *
     * @return the links
     */
    public Mono<ExportFilesResponse> informationGatheringFiles() {
        return informationGatheringFiles(ExportInformationGatheringFilesQuery.all());
    }

    /**
     * Links to files with what was gathered about every device, such as the health of its antivirus. Permission, quota
     * and errors: {@link ExportsApi#exportInformationGatheringFiles}.
     *
     * @param query how many hours the links can be used
     * @return the links, none when there is nothing to export; secrets while they are valid. Cancel stops the call
     */
    public Mono<ExportFilesResponse> informationGatheringFiles(ExportInformationGatheringFilesQuery query) {
        return api.exportInformationGatheringFiles(query);
    }
}
