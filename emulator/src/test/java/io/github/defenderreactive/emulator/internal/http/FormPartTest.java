package io.github.defenderreactive.emulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as they come over the wire. */
class FormPartTest {

    private static List<FormPart> read(String contentType, String body) {
        return FormPart.read(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadTextsAndFiles() {
        List<FormPart> parts = read(
                "multipart/form-data; charset=utf-8; boundary=\"a b\"",
                "a preamble\r\n--a b\r\nContent-Disposition: form-data; name=\"Größe\"\r\n\r\nüber 4\r\n"
                        + "--a b\r\ncontent-type: text/plain\r\nCONTENT-DISPOSITION: form-data; filename=\"a%22b.ps1\"; name=\"file\"\r\n\r\n"
                        + "\r\n--a\r\n--a c\r\n\r\n--a b--\r\n an epilogue");

        assertThat(parts).extracting(FormPart::name).containsExactly("Größe", "file");
        assertThat(parts).extracting(FormPart::fileName).containsExactly(null, "a\"b.ps1");
        assertThat(parts).extracting(FormPart::text).containsExactly("über 4", "\r\n--a\r\n--a c\r\n");
    }

    @Test
    void shouldReadAnEmptyPart() {
        assertThat(read(
                        "multipart/form-data;boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n--b--"))
                .singleElement()
                .satisfies(part -> assertThat(part.content()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b",
                "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno end",
                "--b\r\nContent-Disposition: form-data; name=\"x\"",
                "--b\r\n\r\nno name\r\n--b--",
                "--b\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\nno form\r\n--b--"
            })
    void shouldRefuseWhatIsNoForm(String body) {
        assertThatThrownBy(() -> read("multipart/form-data; boundary=b", body))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("InvalidRequestBody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data", "multipart/mixed; boundary=b"})
    void shouldRefuseOtherTypes(String contentType) {
        assertThatThrownBy(() -> read(contentType, "--b--")).hasMessageContaining("must be multipart/form-data");
    }
}
