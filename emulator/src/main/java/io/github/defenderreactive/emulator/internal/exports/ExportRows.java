package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of an export, file after file, from a position on. */
final class ExportRows implements Iterator<Entity> {

    private final ExportFiles files;
    private Iterator<Entity> records = Collections.emptyIterator();
    private int file;
    private int line;

    /**
     * Creates an iterator from a position on.
     *
     * @throws Problem 400 if the files end before it
     */
    ExportRows(ExportFiles files, int file, int line) {
        this.files = files;
        this.file = file;
        if (file < files.count()) {
            records = files.open(file);
        }
        for (; this.line < line && records.hasNext(); this.line++) {
            records.next();
        }
        if (this.line < line || file >= Math.max(1, files.count())) {
            throw Problem.odata("The $skiptoken points past the end: line " + line + " of file " + file);
        }
    }

    @Override
    public boolean hasNext() {
        while (!records.hasNext()) {
            if (file + 1 >= files.count()) {
                return false;
            }
            file++;
            line = 0;
            records = files.open(file);
        }
        return true;
    }

    @Override
    public Entity next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        line++;
        return records.next();
    }

    ExportToken place(ExportSnapshot snapshot) {
        return new ExportToken(snapshot, file, line);
    }
}
