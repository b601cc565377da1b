package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * A file to send: its name, its length and its bytes. Nothing is read before it is sent, and the content is never
 * entirely in memory. A retry reads it again. Immutable.
 *
 * @since 0.1.0
 */
public final class FileContent {

    /** The number of bytes read from a file at once. */
    static final int PIECE_BYTES = 64 * 1024;

    private final String fileName;
    private final Mono<Long> length;
    private final Flux<ByteBuffer> bytes;

    private FileContent(String fileName, Mono<Long> length, Supplier<Flux<ByteBuffer>> bytes) {
        requireLine(fileName, "fileName");
        this.fileName = fileName;
        this.length = length;
        this.bytes = Flux.defer(bytes).onErrorMap(error -> unreadable(fileName, error));
    }

    /**
     * Creates content from a file on the disk. The file is accessed when the call is made, on Reactor's elastic
     * threads.
     *
     * @param path the file; its last name is sent
     * @return the content
     * @throws IllegalArgumentException if the path has no last name, or one with control characters
     */
    public static FileContent of(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("path must have a file name, was " + path);
        }
        Mono<Long> size = Mono.fromCallable(() -> sizeOf(path)).subscribeOn(Schedulers.boundedElastic());
        return new FileContent(name.toString(), size, () -> read(path));
    }

    /**
     * Creates content from another source.
     *
     * @param fileName the name to send
     * @param length the number of bytes, not negative
     * @param bytes returns all bytes at each call, in buffers that the receiver may change; must not block the calling
     *     thread
     * @return the content
     * @throws IllegalArgumentException if the length is negative, or the name is blank or contains control characters
     */
    public static FileContent of(String fileName, long length, Supplier<Flux<ByteBuffer>> bytes) {
        if (length < 0) {
            throw new IllegalArgumentException("length must be >= 0, was " + length);
        }
        Objects.requireNonNull(bytes, "bytes");
        return new FileContent(fileName, Mono.just(length), bytes);
    }

    /**
     * Returns the name to send.
     *
     * @return the name, without directories
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Returns the current length.
     *
     * @return the number of bytes; {@link ContentException} with the name of the file if it does not exist or cannot be
     *     read
     */
    public Mono<Long> length() {
        return length;
    }

    /**
     * Returns the bytes, read on demand, about 64 KiB in each buffer. Cancel closes the file.
     *
     * @return the bytes, in buffers that the receiver may change; {@link ContentException} if the file cannot be read;
     *     cold
     */
    public Flux<ByteBuffer> bytes() {
        return bytes;
    }

    private static long sizeOf(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new ContentException(path + " is not a regular file", ErrorContext.NONE, null);
            }
            if (!Files.isReadable(path) && Files.exists(path)) {
                throw new ContentException(
                        "The file " + path + " is not readable (permission denied)", ErrorContext.NONE, null);
            }
            return Files.size(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static Flux<ByteBuffer> read(Path path) {
        return Flux.<ByteBuffer, FileChannel>generate(
                        () -> open(path),
                        (file, out) -> {
                            readPiece(path, file, out);
                            return file;
                        },
                        FileContent::close)
                .subscribeOn(Schedulers.boundedElastic())
                // closing is disk work too
                .cancelOn(Schedulers.boundedElastic());
    }

    private static FileChannel open(Path path) {
        try {
            return FileChannel.open(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static void readPiece(Path path, FileChannel file, SynchronousSink<ByteBuffer> out) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        try {
            int count = 0;
            while (piece.hasRemaining() && count >= 0) {
                count = file.read(piece);
            }
        } catch (IOException e) {
            out.error(unreadable(path, e));
            return;
        }
        if (piece.position() == 0) {
            out.complete();
        } else {
            out.next(piece.flip());
        }
    }

    private static void close(@Nullable FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // the file was only read, so no data is lost
            return;
        }
    }

    private static ContentException unreadable(Path path, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "there is no such file" : cause.toString();
        return new ContentException("The file " + path + " cannot be read: " + reason, ErrorContext.NONE, cause);
    }

    private static Throwable unreadable(String name, Throwable cause) {
        return cause instanceof DefenderException
                ? cause
                : new ContentException(name + " cannot be read: " + cause, ErrorContext.NONE, cause);
    }

    /** Checks that a text cannot start another header line. */
    static void requireLine(String text, String what) {
        if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must not be blank or contain line breaks or control characters");
        }
    }

    /** Returns the name, and omits the content. */
    @Override
    public String toString() {
        return fileName;
    }
}
