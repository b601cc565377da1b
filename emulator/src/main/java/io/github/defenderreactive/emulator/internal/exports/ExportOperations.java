package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.actions.Downloads;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.inventory.Inventory;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of the exports group. Pages and files show the same records in the same order. */
final class ExportOperations {

    private static final String TYPE = "microsoft.windowsDefenderATP.api.";
    private static final int DEFAULT_PAGE_SIZE = 50_000;
    private static final int DEFAULT_HOURS = 1;
    private static final int DEFAULT_HOURS_OF_CERTIFICATES = 3;
    private static final Duration REACH = Duration.ofDays(14);
    private static final String PAGE_SIZE = "pageSize";
    private static final String SKIP_TOKEN = "$skiptoken";

    private static final String DELTA = "DeltaAssetVulnerability";
    private static final String CHANGES = "exportSoftwareVulnerabilityChanges";

    private final Map<String, Export> exports = new HashMap<>();
    private volatile @Nullable ExportFiles givenChanges;
    private final ExportedSoftware software;
    private final ExportStore store;
    private final Downloads downloads;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    private final Export configurations;
    private final Export products;
    private final Export apps;
    private final Export vulnerabilities;
    private final Export extensions;
    private final Export gathered;
    private final Export baselines;
    private final Export certificates;
    private final Export hardware;

    ExportOperations(
            ExportedDevices devices,
            Inventory inventory,
            Baselines compliance,
            AvHealth health,
            Downloads downloads,
            ODataResponses responses,
            Supplier<Instant> now) {
        this.software = new ExportedSoftware(devices, inventory);
        this.downloads = downloads;
        this.responses = responses;
        this.now = now;
        configurations = new Export(
                "AssetConfiguration",
                "AssetConfiguration",
                "ScaExport",
                new ExportedSettings(inventory.installations())::records);
        products = new Export("AssetSoftware", "AssetSoftware", "SoftwareInventory", software::products);
        apps = new Export(
                "AssetNonCpeSoftware",
                "AssetNonCpeSoftware",
                "NonCpeSoftwareInventory",
                new ExportedApps(devices)::records);
        vulnerabilities = new Export("AssetVulnerability", "AssetVulnerability", "VaExport", software::vulnerabilities);
        // The service names the type of another export here.
        extensions = new Export(
                "AssetSoftware",
                "AssetBrowserExtension",
                "BrowserExtensions",
                new ExportedExtensions(devices)::records);
        gathered = new Export("DeviceGatheredInfo", "DeviceGatheredInfoRecord", "InfoGatheringExport", health::records);
        baselines = new Export(
                "AssetBaselineAssessment",
                "AssetBaselineAssessment",
                "BaselineComplianceAssessmentExport",
                compliance::records);
        certificates = new Export(
                "AssetCertificateAssessment",
                "AssetCertificateAssessment",
                "CertificateAssessmentExport",
                new ExportedCertificates(devices)::records);
        hardware = new Export(
                "AssetHardwareFirmware",
                "AssetHardwareFirmware",
                "FirmwareHardwareExport",
                new ExportedHardware(devices)::records);
        store = new ExportStore(
                devices,
                List.of(
                        configurations,
                        products,
                        apps,
                        vulnerabilities,
                        extensions,
                        gathered,
                        baselines,
                        certificates,
                        hardware),
                now);
        downloads.serve(store::open);
    }

    void register(Map<String, OperationHandler> handlers) {
        pages(handlers, "exportSecureConfigurations", configurations);
        files(handlers, "exportSecureConfigurationFiles", configurations, DEFAULT_HOURS);
        pages(handlers, "exportSoftwareInventory", products);
        files(handlers, "exportSoftwareInventoryFiles", products, DEFAULT_HOURS);
        pages(handlers, "exportNonCpeSoftwareInventory", apps);
        files(handlers, "exportNonCpeSoftwareInventoryFiles", apps, DEFAULT_HOURS);
        pages(handlers, "exportSoftwareVulnerabilities", vulnerabilities);
        files(handlers, "exportSoftwareVulnerabilityFiles", vulnerabilities, DEFAULT_HOURS);
        handlers.put(CHANGES, this::changes);
        pages(handlers, "exportBrowserExtensions", extensions);
        files(handlers, "exportBrowserExtensionFiles", extensions, DEFAULT_HOURS);
        handlers.put(
                "listBrowserExtensionPermissions",
                call -> responses.collection(call, "BrowserExtension", ExportedExtensions.permissions()));
        files(handlers, "exportInformationGatheringFiles", gathered, DEFAULT_HOURS);
        pages(handlers, "exportSecurityBaselines", baselines);
        files(handlers, "exportSecurityBaselineFiles", baselines, DEFAULT_HOURS);
        pages(handlers, "exportCertificates", certificates);
        files(handlers, "exportCertificateFiles", certificates, DEFAULT_HOURS_OF_CERTIFICATES);
        pages(handlers, "exportHardwareFirmware", hardware);
        files(handlers, "exportHardwareFirmwareFiles", hardware, DEFAULT_HOURS);
    }

    private void pages(Map<String, OperationHandler> handlers, String operationId, Export export) {
        exports.put(operationId, export);
        handlers.put(operationId, call -> pages(call, export));
    }

    private void files(Map<String, OperationHandler> handlers, String operationId, Export export, int hours) {
        exports.put(operationId, export);
        handlers.put(operationId, call -> files(call, export, hours));
    }

    /**
     * Returns the schema of the records of an export.
     *
     * @param operationId the operation that reads it, by pages or by files
     * @throws IllegalArgumentException if the operation is not one of an export
     */
    String schema(String operationId) {
        Export export = exports.get(operationId);
        if (export != null) {
            return export.schema();
        } else if (operationId.equals(CHANGES)) {
            return DELTA;
        }
        Set<String> all = new TreeSet<>(exports.keySet());
        all.add(CHANGES);
        throw new IllegalArgumentException(
                "operation must be one of " + String.join(", ", all) + ", was '" + operationId + "'");
    }

    /** Replaces the records of an export. */
    void give(String operationId, ExportFiles records) {
        Export export = exports.get(operationId);
        if (export == null) {
            givenChanges = records;
        } else {
            store.give(export, records);
        }
    }

    // Pages -----------------------------------------------------------------------------------------------------------

    private ServiceResponse pages(OperationCall call, Export export) {
        ExportToken place = place(call);
        return page(call, export.type(), place, store.files(export, place.snapshot()));
    }

    /**
     * Returns all changes of the period of the time, which the snapshot at its end contains, and those of later
     * periods.
     */
    private ServiceResponse changes(OperationCall call) {
        ExportToken place = place(call);
        ExportSnapshot first = ExportSnapshot.from(sinceTime(call));
        ExportFiles given = givenChanges;
        return page(call, DELTA, place, given == null ? software.changes(first, place.snapshot()) : given);
    }

    private Instant sinceTime(OperationCall call) {
        String text = call.query().get("sinceTime");
        if (text == null) {
            throw new Problem(400, "MissingRequiredParameter", "Query parameter sinceTime is missing");
        }
        Instant time;
        try {
            time = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Problem.invalidInput("sinceTime is neither a time in UTC nor a date: " + text);
        }
        // A read that has begun may continue over links for a while.
        boolean begins = call.query().get(SKIP_TOKEN) == null;
        if (begins && time.isBefore(now.get().minus(REACH))) {
            throw Problem.invalidInput("sinceTime must lie in the last 14 days: " + text);
        }
        return time;
    }

    private ExportToken place(OperationCall call) {
        String token = call.query().get(SKIP_TOKEN);
        return token == null ? new ExportToken(ExportSnapshot.at(now.get()), 0, 0) : ExportToken.of(token, now.get());
    }

    private ServiceResponse page(OperationCall call, String type, ExportToken place, ExportFiles files) {
        Integer top = ODataResponses.integer(call, "$top", 1);
        Integer size = ODataResponses.integer(call, PAGE_SIZE, 1);
        int pageSize = size == null ? DEFAULT_PAGE_SIZE : size;
        ExportRows rows = new ExportRows(files, place.file(), place.line());
        Supplier<String> link = () -> link(call, pageSize, call.loop() ? place : rows.place(place.snapshot()));
        return ODataResponses.rows(
                call, "Collection(" + TYPE + type + ")", top == null ? pageSize : top, rows, top == null ? link : null);
    }

    /** Returns a link. Its parameters are in lower case. */
    private static String link(OperationCall call, int pageSize, ExportToken next) {
        StringBuilder link = new StringBuilder(call.linkRoot());
        link.append(call.page()).append("?pagesize=").append(pageSize);
        Set<String> own = Set.of(PAGE_SIZE.toLowerCase(Locale.ROOT), SKIP_TOKEN);
        call.query().values().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!own.contains(lower)) {
                link.append('&').append(lower).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return link.append('&')
                .append(SKIP_TOKEN)
                .append('=')
                .append(next.text())
                .toString();
    }

    // Files -----------------------------------------------------------------------------------------------------------

    private ServiceResponse files(OperationCall call, Export export, int defaultHours) {
        Integer asked = ODataResponses.integer(call, "sasValidHours", 1);
        Duration validity = Duration.ofHours(asked == null ? defaultHours : asked);
        ExportSnapshot snapshot = ExportSnapshot.at(now.get());
        List<String> links = store.names(export, snapshot).stream()
                .map(name -> downloads.link(call.root(), name, validity))
                .toList();
        return ODataResponses.complex(
                call,
                TYPE + "ExportFilesResponse",
                new Entity().with("exportFiles", links).with("generatedTime", snapshot.time()));
    }
}
