package io.github.defenderreactive.runtime.json;

/**
 * Finds the end of a value whose bytes come in small pieces, looking at each byte once. It decodes and checks nothing: it
 * only tells where the value ends, as far as its brackets and quotes are those of JSON.
 */
final class ItemScanner {

    private int scanned;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean begun;
    private boolean complete;

    /** Begins with the value at the start of the window's unread bytes. */
    void reset() {
        scanned = 0;
        depth = 0;
        inString = false;
        escaped = false;
        begun = false;
        complete = false;
    }

    /** Looks at the bytes that came since the last call; whether the value has ended. */
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

    /** Gives up the bytes looked at, which are the value's; how many there were. */
    int take() {
        int taken = scanned;
        scanned = 0;
        return taken;
    }

    /** Whether the byte belongs to the value. */
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
