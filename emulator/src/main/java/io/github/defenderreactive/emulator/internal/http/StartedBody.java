package io.github.defenderreactive.emulator.internal.http;

import io.github.defenderreactive.emulator.http.ResponseBody;
import org.jspecify.annotations.Nullable;

/** A body whose first piece is already produced, so that its failure is known before the head is sent. */
public final class StartedBody implements ResponseBody {

    private final ResponseBody body;
    private byte @Nullable [] first;

    private StartedBody(ResponseBody body, byte @Nullable [] first) {
        this.body = body;
        this.first = first;
    }

    /** Produces the first piece. A failure closes the body and is thrown. */
    public static ResponseBody of(ResponseBody body) {
        boolean made = false;
        try {
            ResponseBody started = new StartedBody(body, body.next());
            made = true;
            return started;
        } finally {
            if (!made) {
                body.close();
            }
        }
    }

    @Override
    public byte @Nullable [] next() {
        byte[] piece = first;
        first = null;
        return piece == null ? body.next() : piece;
    }

    @Override
    public void close() {
        first = null;
        body.close();
    }
}
