package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.Iterator;

/** The files of one export of one snapshot. Their records are computed while they are read. */
interface ExportFiles {

    int count();

    /** Returns the device group whose records are in a file. */
    int group(int file);

    /** Returns the records of a file, in their order. */
    Iterator<Entity> open(int file);
}
