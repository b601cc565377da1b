package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.KnownFiles;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/** The operations of the files group. */
final class FileOperations {

    private static final Pattern SHA1 = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final KnownFiles files;
    private final SightingPages pages;

    FileOperations(KnownFiles files, SightingPages pages) {
        this.files = files;
        this.pages = pages;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getFile", call -> ODataResponses.entity(call, "Files", files.entity(find(call.id()))));
        handlers.put("getFileStatistics", this::statistics);
        handlers.put("listFileAlerts", call -> pages.alerts(call, id -> evidence(sha1(id))));
        handlers.put("listFileMachines", call -> pages.machines(call, id -> evidence(sha1(id)), Long.MAX_VALUE));
    }

    private ServiceResponse statistics(OperationCall call) {
        int file = find(call.id());
        return ODataResponses.complex(
                call,
                "microsoft.windowsDefenderATP.api.InOrgFileStats",
                files.statistics(file, pages.seen(call, evidence(file))));
    }

    /** Returns the number of a file by either hash, which must exist. */
    private int find(String hash) {
        if (!SHA1.matcher(hash).matches() && !SHA256.matcher(hash).matches()) {
            throw new Problem(400, "InvalidHashValue", "'" + hash + "' is neither a SHA-1 nor a SHA-256");
        }
        int file = files.find(hash);
        if (file < 0) {
            throw Problem.notFound("File", hash);
        }
        return file;
    }

    /** Returns a file by its SHA-1; -1 if there is none. */
    private int sha1(String hash) {
        if (!SHA1.matcher(hash).matches()) {
            throw new Problem(400, "InvalidHashValue", "'" + hash + "' is not a SHA-1");
        }
        return files.find(hash);
    }

    private static LongPredicate evidence(int file) {
        return hash -> KnownFiles.of(hash) == file;
    }
}
