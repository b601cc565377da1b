package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.FormPart;
import io.github.defenderreactive.runtime.transport.RequestBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Encoder of {@code multipart/form-data} in the form of RFC 7578 and browsers: names and texts in UTF-8, a quotation
 * mark in a name as {@code %22}. Files are streamed.
 */
final class MultipartForm {

    /** A strong source, because the content of a file could forge parts if the boundary was predictable. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int BOUNDARY_LENGTH = 32;
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private MultipartForm() {}

    /** Encodes the form. Reads the lengths of the files, and fails if one is missing. */
    static Mono<RequestContent> encode(List<FormPart> form) {
        // the random source may block
        return Mono.fromCallable(() -> boundary(form, MultipartForm::random))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(boundary -> encode(form, boundary));
    }

    static Mono<RequestContent> encode(List<FormPart> form, String boundary) {
        return Flux.fromIterable(form)
                .concatMap(part -> piece(part, boundary))
                .collectList()
                .map(pieces -> {
                    List<Piece> all = new ArrayList<>(pieces);
                    all.add(Piece.of("--" + boundary + "--\r\n"));
                    long length = all.stream().mapToLong(Piece::length).sum();
                    // sequential, so that a file is opened only after the previous one has ended
                    Flux<ByteBuffer> bytes = Flux.fromIterable(all).concatMap(Piece::bytes, 0);
                    return new RequestContent(
                            RequestBody.streamed(length, bytes), "multipart/form-data; boundary=" + boundary);
                });
    }

    private static Mono<Piece> piece(FormPart part, String boundary) {
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(part.name()) + "\"";
        if (part instanceof FormPart.File file) {
            String name = quoted(file.content().fileName());
            Piece before =
                    Piece.of(head + "; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
            Piece after = Piece.of("\r\n");
            return file.content()
                    .length()
                    .map(length -> new Piece(
                            before.length() + length + after.length(),
                            Flux.concat(before.bytes(), exactly(length, file.content()), after.bytes())));
        }
        return Mono.just(Piece.of(head + "\r\n\r\n" + ((FormPart.Text) part).text() + "\r\n"));
    }

    /**
     * Returns the content, which must have the announced length, because the length of the request was already sent.
     */
    static Flux<ByteBuffer> exactly(long announced, FileContent content) {
        return Flux.defer(() -> {
            long[] sent = {0};
            return content.bytes()
                    .doOnNext(piece -> {
                        sent[0] += piece.remaining();
                        if (sent[0] > announced) {
                            throw changed(content, announced, "more");
                        }
                    })
                    .concatWith(Mono.defer(() -> sent[0] == announced
                            ? Mono.empty()
                            : Mono.error(changed(content, announced, String.valueOf(sent[0])))));
        });
    }

    private static ContentException changed(FileContent content, long announced, String found) {
        return new ContentException(
                "The length of " + content.fileName() + " changed while it was sent: expected " + announced
                        + " bytes, was " + found,
                ErrorContext.NONE,
                null);
    }

    /** Returns a name for a header. Control characters were rejected when the part was created. */
    private static String quoted(String name) {
        return name.replace("\"", "%22");
    }

    static String boundary(List<FormPart> form, Supplier<String> candidates) {
        String boundary;
        do {
            boundary = candidates.get();
        } while (occurs(boundary, form));
        return boundary;
    }

    private static boolean occurs(String boundary, List<FormPart> form) {
        return form.stream()
                .anyMatch(part ->
                        part instanceof FormPart.Text text && text.text().contains(boundary));
    }

    private static String random() {
        StringBuilder out = new StringBuilder(BOUNDARY_LENGTH);
        for (int i = 0; i < BOUNDARY_LENGTH; i++) {
            out.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return out.toString();
    }

    private record Piece(long length, Flux<ByteBuffer> bytes) {

        static Piece of(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return new Piece(utf8.length, Flux.defer(() -> Flux.just(ByteBuffer.wrap(utf8))));
        }
    }
}
