package io.github.defenderreactive.client.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFieldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "=HYPERLINK(\"http://evil.example\",\"Click\")",
                "@SUM(1+1)*cmd|' /C calc'!A0",
                "+1+1",
                "-2+3+cmd|' /C calc'!A0",
                "-1",
                "\t=1+1",
                "\r=1+1",
                "\n=1+1",
                " =1+1",
                "\u00a0=1+1",
                "\u200b=1+1",
                "\ufeff=1+1",
                "\u0000=1+1",
                "\uff1d1+1",
                "\uff0b1",
                "\uff0d1",
                "\uff20SUM(A1)",
                "=\"a\",\"b\""
            })
    void shouldPutAnApostropheInFrontOfAFormula(String text) {
        assertThat(parsed(CsvField.text(text))).containsExactly("'" + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a=b", "1-2", "a@b.example", "C:\\x", "'=1", "  a", "(=1)", "ü", "\t", "{=1}", "#=1"})
    void shouldKeepOtherTexts(String text) {
        assertThat(parsed(CsvField.text(text))).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b | '\"a,b\"'", "a\"b | '\"a\"\"b\"'", "\" | '\"\"\"\"'", "a b | 'a b'", "a;b | 'a;b'"})
    void shouldQuoteWhereTheFormatRequiresIt(String text, String field) {
        assertThat(CsvField.text(text)).isEqualTo(field);
    }

    @Test
    void shouldQuoteLineEnds() {
        assertThat(CsvField.text("a\r\nb")).isEqualTo("\"a\r\nb\"");
        assertThat(CsvField.text("a\rb")).isEqualTo("\"a\rb\"");
        assertThat(CsvField.text("a\nb")).isEqualTo("\"a\nb\"");
    }

    /** A row of any texts is read as the same texts, of which none is evaluated. */
    @Test
    void shouldKeepRowsOfAnyText() {
        Random random = new Random(7);
        String alphabet = "=+-@\t\r\n \",;'|ab\u00a0\u200b\uff1d";
        for (int row = 0; row < 10_000; row++) {
            List<String> texts = new ArrayList<>();
            List<String> fields = new ArrayList<>();
            for (int column = 0; column < 3; column++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                texts.add(text.toString());
                fields.add(CsvField.text(text.toString()));
            }
            List<String> read = parsed(String.join(",", fields));
            assertThat(read).hasSize(3);
            for (int column = 0; column < 3; column++) {
                String expected = texts.get(column);
                assertThat(read.get(column)).isIn(expected, "'" + expected);
                assertThat(read.get(column).strip()).doesNotStartWith("=").doesNotStartWith("+");
            }
        }
    }

    /** Reads one row as RFC 4180 describes it. */
    private static List<String> parsed(String row) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < row.length() && row.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                assertThat(field).as("a quote begins a field: %s", row).isEmpty();
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                assertThat(c).as(row).isNotIn('\r', '\n');
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
