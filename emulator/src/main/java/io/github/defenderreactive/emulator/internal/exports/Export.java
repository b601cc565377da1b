package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One kind of export.
 *
 * @param type the type in the metadata link of its pages
 * @param schema schema of its records
 * @param folder folder of its files below that of the snapshot
 * @param records records of a device in a snapshot
 */
record Export(
        String type, String schema, String folder, BiFunction<ExportedDevice, ExportSnapshot, List<Entity>> records) {}
