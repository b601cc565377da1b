package io.github.defenderreactive.emulator.internal.description;

/** The edit distance of two words: letters to insert, to delete, to replace, and neighbours to swap. */
public final class EditDistance {

    private EditDistance() {}

    public static int between(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] next = new int[other.length() + 1];
            next[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                next[column] =
                        Math.min(Math.min(next[column - 1], last[column]) + 1, last[column - 1] + (same ? 0 : 1));
                if (row > 1
                        && column > 1
                        && one.charAt(row - 1) == other.charAt(column - 2)
                        && one.charAt(row - 2) == other.charAt(column - 1)) {
                    next[column] = Math.min(next[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = next;
        }
        return last[other.length()];
    }
}
