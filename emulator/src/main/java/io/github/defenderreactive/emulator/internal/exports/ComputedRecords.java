package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Files of an export whose records a test computes.
 *
 * @param count the number of files
 * @param records returns the records of a file
 */
record ComputedRecords(int count, IntFunction<Stream<Entity>> records) implements ExportFiles {

    @Override
    public int group(int file) {
        return 0;
    }

    @Override
    public Iterator<Entity> open(int file) {
        return records.apply(file).iterator();
    }
}
