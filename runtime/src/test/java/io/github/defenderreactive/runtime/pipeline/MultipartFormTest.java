package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.FormPart;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class MultipartFormTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldWriteTextsAndFilesAsTheStandardSays() {
        RequestContent content = MultipartForm.encode(
                        List.of(
                                new FormPart.Text("About", "Grüße\r\n--xyz-- \"quoted\""),
                                new FormPart.File("Fi\"le", file("ä \"b\".ps1", "exit 0\r\n")),
                                new FormPart.Text("Empty", "")),
                        "xyz42")
                .block(PATIENCE);

        assertThat(content.type()).isEqualTo("multipart/form-data; boundary=xyz42");
        String text = text(content);
        assertThat(text)
                .isEqualTo("--xyz42\r\nContent-Disposition: form-data; name=\"About\"\r\n\r\n"
                        + "Grüße\r\n--xyz-- \"quoted\"\r\n"
                        + "--xyz42\r\nContent-Disposition: form-data; name=\"Fi%22le\"; filename=\"ä %22b%22.ps1\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"
                        + "exit 0\r\n\r\n"
                        + "--xyz42\r\nContent-Disposition: form-data; name=\"Empty\"\r\n\r\n\r\n"
                        + "--xyz42--\r\n");
        assertThat(content.body().length()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void shouldTakeABoundaryThatNoTextHolds() {
        Iterator<String> candidates = List.of("one", "two", "three").iterator();
        List<FormPart> form = List.of(new FormPart.Text("a", "--one"), new FormPart.Text("b", "and two"));

        assertThat(MultipartForm.boundary(form, candidates::next)).isEqualTo("three");
    }

    @Test
    void shouldTakeAnotherBoundaryEachTime() {
        List<FormPart> form = List.of(new FormPart.Text("a", "b"));
        String first = MultipartForm.encode(form).block(PATIENCE).type();
        assertThat(first).matches("multipart/form-data; boundary=[0-9a-zA-Z]{32}");
        assertThat(MultipartForm.encode(form).block(PATIENCE).type()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "abcd"})
    void shouldNotSendMoreOrLessThanAnnounced(String found) {
        FileContent changing =
                FileContent.of("log.txt", 3, () -> Flux.just(ByteBuffer.wrap(found.getBytes(StandardCharsets.UTF_8))));
        RequestContent content = MultipartForm.encode(List.of(new FormPart.File("File", changing)), "b")
                .block(PATIENCE);

        StepVerifier.create(content.body().bytes().skip(found.length() == 4 ? 1 : 2))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("log.txt")
                        .hasMessageContaining("3 bytes"))
                .verify(PATIENCE);
    }

    private static FileContent file(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return FileContent.of(name, bytes.length, () -> Flux.just(ByteBuffer.wrap(bytes)));
    }

    private static String text(RequestContent content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.body()
                .bytes()
                .doOnNext(piece -> {
                    byte[] bytes = new byte[piece.remaining()];
                    piece.get(bytes);
                    out.writeBytes(bytes);
                })
                .blockLast(PATIENCE);
        return out.toString(StandardCharsets.UTF_8);
    }
}
