package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.LibraryApi;
import io.github.defenderreactive.client.model.LibraryFile;
import io.github.defenderreactive.client.query.UploadLibraryFileForm;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * The library of scripts and tools for live response. Opened by {@link DefenderClient#library()}.
 *
 * @since 0.1.0
 */
public final class Library {

    private final LibraryApi api;

    Library(LibraryApi api) {
        this.api = api;
    }

    /**
     * Every file of the library. Permission, quota and errors: {@link LibraryApi#listLibraryFiles}.
     *
     * @return the files, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<LibraryFile> list() {
        return api.listLibraryFiles();
    }

    /**
     * Uploads a file of up to 20 MB, which is read while it is sent. Permission, quota and errors:
     * {@link LibraryApi#uploadLibraryFile}.
     *
     * @param form the file, under whose name it is stored, and what is known of it; without {@code OverrideIfExists} a
     *     name that is taken is refused
     * @return the file as the library has it; {@link io.github.defenderreactive.runtime.error.BadRequestException} when it
     *     is refused, {@link io.github.defenderreactive.runtime.error.ContentException} when it cannot be read,
     *     {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost, because a
     *     repeat could be refused for the file that the lost call stored; cancel stops sending, and whether the file is
     *     stored then is not known
     */
    public Mono<LibraryFile> upload(UploadLibraryFileForm form) {
        return api.uploadLibraryFile(form);
    }

    /**
     * Deletes a file; a lost answer is repeated. Permission, quota and errors: {@link LibraryApi#deleteLibraryFile}.
     *
     * @param fileName name of the file with its extension
     * @return completes when it is gone; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is
     *     none; cancel stops the call
     */
    public Mono<Void> delete(String fileName) {
        return api.deleteLibraryFile(fileName);
    }
}
