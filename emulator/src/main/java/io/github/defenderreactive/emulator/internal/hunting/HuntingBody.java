package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to a hunting query as JSON: an object of columns and rows. It is written before it is sent, because a
 * response that is too large is refused as a whole.
 */
public final class HuntingBody implements ResponseBody {

    /** The maximum size of a response in bytes unless a test sets another. */
    static final int MOST_BYTES = 50 * 1024 * 1024;

    /** The message about a response that is too large. */
    public static final String TOO_LARGE =
            "Query execution has exceeded the allowed result size. Optimize your query by limiting the number of results"
                    + " and try again";

    private static final int PIECE = 24 * 1024;

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private final int mostBytes;
    private long size;

    /**
     * Writes the whole response.
     *
     * @param limits the limits of the response
     * @param columns name of the list of columns
     * @param column writes one column
     * @param rows name of the list of rows
     * @throws Problem 400 if the response gets too large
     */
    HuntingBody(
            GivenHunting limits,
            HuntingResult result,
            String columns,
            BiConsumer<JsonWriter, HuntingColumn> column,
            String rows) {
        this(limits, out -> {}, result, columns, column, rows, false);
    }

    /** Writes the whole response, with members before the columns and optional annotations in the rows. */
    HuntingBody(
            GivenHunting limits,
            Consumer<JsonWriter> first,
            HuntingResult result,
            String columns,
            BiConsumer<JsonWriter, HuntingColumn> column,
            String rows,
            boolean annotated) {
        this.mostBytes = limits.mostBytes();
        JsonWriter head = new JsonWriter();
        first.accept(head.beginObject());
        head.name(columns).beginArray();
        result.columns().forEach(each -> column.accept(head, each));
        byte[] object = head.endArray().endObject().toByteArray();
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE + 4096);
        piece.write(object, 0, object.length - 1);
        piece.writeBytes(Values.utf8(",\"" + rows + "\":["));
        Iterator<Row> page = result.limitedRows(limits.mostRows());
        for (boolean begin = true; page.hasNext(); begin = false) {
            JsonWriter out = new JsonWriter();
            result.write(out, page.next(), annotated);
            if (!begin) {
                piece.write(',');
            }
            piece.writeBytes(out.toByteArray());
            if (piece.size() >= PIECE) {
                add(piece.toByteArray());
                piece.reset();
            }
        }
        piece.writeBytes(Values.utf8("]}"));
        add(piece.toByteArray());
    }

    private void add(byte[] piece) {
        size += piece.length;
        if (size > mostBytes) {
            throw new Problem(400, "BadRequest", TOO_LARGE);
        }
        pieces.add(piece);
    }

    @Override
    public byte @Nullable [] next() {
        return pieces.poll();
    }

    @Override
    public void close() {
        pieces.clear();
    }
}
