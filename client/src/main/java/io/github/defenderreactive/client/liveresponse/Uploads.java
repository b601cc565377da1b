package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.api.LibraryApi;
import io.github.defenderreactive.client.model.LibraryFile;
import io.github.defenderreactive.client.query.UploadLibraryFileForm;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Uploads of files that the library does not hold. */
final class Uploads {

    private final LibraryApi library;

    Uploads(LibraryApi library) {
        this.library = library;
    }

    /** Uploads files one after the other. */
    Mono<Void> all(List<FileContent> files, boolean replaceDifferent) {
        return Flux.fromIterable(files)
                .concatMap(file -> upload(file, replaceDifferent))
                .then();
    }

    Mono<LibraryUpload> upload(FileContent file, boolean replaceDifferent) {
        return sha256(file)
                .flatMap(hash -> held(file)
                        .flatMap(held -> {
                            if (isSame(held, hash)) {
                                return Mono.just(new LibraryUpload(held, false));
                            }
                            return replaceDifferent ? send(file, hash, true) : Mono.error(different(held));
                        })
                        .switchIfEmpty(Mono.defer(() -> send(file, hash, false))));
    }

    private Mono<LibraryUpload> send(FileContent file, String hash, boolean override) {
        return library.upload(UploadLibraryFileForm.builder()
                        .file(file)
                        .overrideIfExists(override)
                        .build())
                .map(stored -> new LibraryUpload(stored, true))
                // A lost request, or one of another process at the same time, may have stored the file.
                .onErrorResume(
                        error -> error instanceof OutcomeUnknownException || error instanceof BadRequestException,
                        error -> held(file)
                                .filter(held -> isSame(held, hash))
                                .map(held -> new LibraryUpload(held, error instanceof OutcomeUnknownException))
                                .switchIfEmpty(Mono.error(error)));
    }

    private Mono<LibraryFile> held(FileContent file) {
        return library.list()
                .filter(held -> file.fileName().equalsIgnoreCase(held.fileName()))
                .next();
    }

    private static boolean isSame(LibraryFile held, String hash) {
        return hash.equalsIgnoreCase(held.sha256());
    }

    private static LiveResponseException different(LibraryFile held) {
        return new LiveResponseException(
                "The library holds another file with the name " + held.fileName()
                        + "; use another name, or request that it is replaced",
                null,
                null);
    }

    private static Mono<String> sha256(FileContent file) {
        return file.bytes()
                .reduceWith(Uploads::newDigest, Uploads::updated)
                .map(digest -> HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest updated(MessageDigest digest, ByteBuffer bytes) {
        digest.update(bytes);
        return digest;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
