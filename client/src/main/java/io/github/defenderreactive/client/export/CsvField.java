package io.github.defenderreactive.client.export;

/** A field of comma-separated values (RFC 4180). */
final class CsvField {

    /** Characters with which a spreadsheet recognises a formula, also in the full-width forms of East Asian input. */
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    private CsvField() {}

    /**
     * Returns the field of a text. An apostrophe is put in front of a text that a spreadsheet would evaluate, because
     * names in an export are chosen by those who install the software.
     */
    static String text(String value) {
        return quoted(isFormula(value) ? "'" + value : value);
    }

    /** Spreadsheets ignore blanks and control characters in front of a formula. */
    private static boolean isFormula(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (FORMULA.indexOf(c) >= 0) {
                return true;
            }
            if (c > ' '
                    && !Character.isSpaceChar(c)
                    && !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT) {
                return false;
            }
        }
        return false;
    }

    /** Returns the field of a value that is never evaluated, quoted if necessary. */
    static String quoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == ',' || c == '\r' || c == '\n') {
                return '"' + value.replace("\"", "\"\"") + '"';
            }
        }
        return value;
    }
}
