package io.github.defenderreactive.apispec.lint;

/** Something a rule objects to, with the place in the source files. */
record Finding(String file, String pointer, String rule, String message) {

    @Override
    public String toString() {
        return file + "#" + pointer + ": " + message + " [" + rule + "]";
    }
}
