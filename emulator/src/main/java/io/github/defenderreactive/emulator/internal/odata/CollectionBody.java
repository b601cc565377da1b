package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An OData page that is written while it is read: context, items, and at the end the link if one item more exists. */
public final class CollectionBody implements ResponseBody {

    private static final int PIECE = 24 * 1024;

    /**
     * The envelope around the items.
     *
     * @param nextLink returns the link to the next page, called after the last item
     */
    public record Envelope(
            String context,
            @Nullable Integer count,
            int limit,
            @Nullable Supplier<String> nextLink,
            boolean linkAlways) {}

    private final Envelope envelope;
    private final Iterator<? extends Row> rows;
    private int written;
    private int perPiece = 4;
    private boolean begun;
    private boolean ended;

    public CollectionBody(Envelope envelope, Iterator<? extends Row> rows) {
        this.envelope = envelope;
        this.rows = rows;
    }

    @Override
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE + 8192);
        if (!begun) {
            begun = true;
            begin(piece);
        }
        while (piece.size() < PIECE && written < envelope.limit() && rows.hasNext()) {
            items(piece);
        }
        if (written >= envelope.limit() || !rows.hasNext()) {
            ended = true;
            end(piece);
        }
        return piece.toByteArray();
    }

    private void begin(ByteArrayOutputStream piece) {
        JsonWriter out = new JsonWriter();
        out.beginObject().name("@odata.context").string(envelope.context());
        if (envelope.count() != null) {
            out.name("@odata.count").number(envelope.count());
        }
        byte[] head = out.endObject().toByteArray();
        piece.write(head, 0, head.length - 1);
        piece.writeBytes(Values.utf8(",\"value\":["));
    }

    /** Writes items in batches, each as an array without its brackets, until the piece is full. */
    private void items(ByteArrayOutputStream piece) {
        JsonWriter out = new JsonWriter();
        out.beginArray();
        int count = 0;
        int begin = written;
        while (count < perPiece && written < envelope.limit() && rows.hasNext()) {
            rows.next().write(out);
            count++;
            written++;
        }
        byte[] array = out.endArray().toByteArray();
        if (begin > 0) {
            piece.write(',');
        }
        piece.write(array, 1, array.length - 2);
        perPiece = Math.max(1, Math.min(64, PIECE / Math.max(1, array.length / count)));
    }

    private void end(ByteArrayOutputStream piece) {
        piece.write(']');
        boolean more = envelope.linkAlways() || written >= envelope.limit() && rows.hasNext();
        if (envelope.nextLink() != null && more) {
            JsonWriter out = new JsonWriter();
            out.beginObject()
                    .name("@odata.nextLink")
                    .string(envelope.nextLink().get())
                    .endObject();
            byte[] member = out.toByteArray();
            piece.write(',');
            piece.writeBytes(Arrays.copyOfRange(member, 1, member.length));
        } else {
            piece.write('}');
        }
    }
}
