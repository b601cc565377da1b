package io.github.defenderreactive.runtime.json;

/**
 * Scanner that finds the end of a value that arrives in small pieces, reading each byte once. It does not decode or
 * validate; it only matches brackets and quotes.
 */
final class ItemScanner {

    private int scanned;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean begun;
    private boolean complete;

    /** Starts with the value at the first unread byte of the window. */
    void reset() {
        scanned = 0;
        depth = 0;
        inString = false;
        escaped = false;
        begun = false;
        complete = false;
    }

    /** Scans the bytes that arrived since the last call. Returns whether the value has ended. */
    boolean isComplete(JsonReader in) {
        int from = in.position();
        int available = in.available();
        int at = scanned;
        while (at < available && !complete) {
            if (step(in.byteAt(from + at))) {
                at++;
            }
        }
        scanned = at;
        return complete;
    }

    /** Consumes the scanned bytes, all of which are part of the value, and returns their number. */
    int take() {
        int taken = scanned;
        scanned = 0;
        return taken;
    }

    /** Returns whether the byte is part of the value. */
    private boolean step(byte b) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inString = false;
                complete = depth == 0;
            }
            return true;
        }
        switch (b) {
            case '"' -> {
                inString = true;
                begun = true;
            }
            case '{', '[' -> {
                depth++;
                begun = true;
            }
            case '}', ']' -> {
                depth--;
                complete = depth <= 0;
                return depth >= 0;
            }
            case ',' -> {
                complete = depth == 0;
                return !complete;
            }
            case ' ', '\n', '\r', '\t' -> {
                complete = depth == 0 && begun;
                return !complete;
            }
            default -> begun = true;
        }
        return true;
    }
}
