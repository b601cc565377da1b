package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.model.LibraryFile;

/**
 * The result of an upload to the library.
 *
 * @param file the file of the library
 * @param uploaded false if the library held the same content before
 * @since 0.1.0
 */
public record LibraryUpload(LibraryFile file, boolean uploaded) {}
