package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.http.CodedBody;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of the exports as storage names them. */
final class ExportStore {

    private static final String ROOT = "tvm-export/";
    private static final Pattern FILE = Pattern.compile(
            ROOT + "(\\d{4}-\\d{2}-\\d{2}/\\d{4}/)(\\w+)/json/OrgId=[^/]+/_RbacGroupId=\\d+/part-(\\d{5})-.*");

    private final ExportedDevices devices;
    private final Supplier<Instant> now;
    private final Map<String, Export> byFolder;
    private final Map<Export, ExportFiles> given = new ConcurrentHashMap<>();

    ExportStore(ExportedDevices devices, List<Export> exports, Supplier<Instant> now) {
        this.devices = devices;
        this.now = now;
        this.byFolder = exports.stream().collect(Collectors.toMap(Export::folder, export -> export));
    }

    /** Replaces the records of an export in all snapshots. */
    void give(Export export, ExportFiles records) {
        given.put(export, records);
    }

    ExportFiles files(Export export, ExportSnapshot snapshot) {
        ExportFiles own = given.get(export);
        return own == null ? devices.files(snapshot, export.records()) : own;
    }

    /** Returns the names of the files that have a record. */
    List<String> names(Export export, ExportSnapshot snapshot) {
        ExportFiles files = files(export, snapshot);
        List<String> names = new ArrayList<>();
        for (int file = 0; file < files.count(); file++) {
            if (files.open(file).hasNext()) {
                names.add(name(export, snapshot, file, files.group(file)));
            }
        }
        return names;
    }

    private String name(Export export, ExportSnapshot snapshot, int file, int group) {
        String part = Integer.toString(100_000 + file).substring(1);
        String run = Seeded.uuid(devices.organisation().seed() + export.folder().hashCode(), snapshot.index(), 280);
        return ROOT + snapshot.path() + export.folder() + "/json/OrgId="
                + devices.organisation().tenantId() + "/_RbacGroupId=" + group + "/part-" + part + "-"
                + run + ".c000.json.gz";
    }

    /** Returns the content of a file, compressed; null if there is none of this name. */
    @Nullable
    ResponseBody open(String name) {
        Matcher parts = FILE.matcher(name);
        Export export = parts.matches() ? byFolder.get(parts.group(2)) : null;
        ExportSnapshot snapshot = export == null ? null : ExportSnapshot.find(parts.group(1), now.get());
        if (export == null || snapshot == null) {
            return null;
        }
        int file = Integer.parseInt(parts.group(3));
        ExportFiles files = files(export, snapshot);
        return file < files.count()
                        && name(export, snapshot, file, files.group(file)).equals(name)
                ? CodedBody.gzip(new ExportBody(files.open(file)))
                : null;
    }
}
