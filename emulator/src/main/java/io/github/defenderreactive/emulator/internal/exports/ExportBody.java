package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Content of a file of an export: a record in each line, written while it is read. */
final class ExportBody implements ResponseBody {

    private static final int PIECE = 24 * 1024;

    private final Iterator<Entity> records;

    ExportBody(Iterator<Entity> records) {
        this.records = records;
    }

    @Override
    public byte @Nullable [] next() {
        if (!records.hasNext()) {
            return null;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE + 4096);
        while (piece.size() < PIECE && records.hasNext()) {
            JsonWriter out = new JsonWriter();
            records.next().write(out);
            piece.writeBytes(out.toByteArray());
            piece.write('\n');
        }
        return piece.toByteArray();
    }
}
