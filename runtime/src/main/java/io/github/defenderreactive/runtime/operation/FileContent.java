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
 * A file to send: its name, its length, its bytes. Nothing is read before it is sent, and it is never whole in memory; a
 * call that is repeated reads it again. Immutable.
 *
 * @since 0.1.0
 */
public final class FileContent {

    /** Bytes read from a file at once. */
    static final int PIECE_BYTES = 64 * 1024;

    private final String fileName;
    private final Mono<Long> length;
    private final Flux<ByteBuffer> bytes;

    private FileContent(String fileName, Mono<Long> length, Supplier<Flux<ByteBuffer>> bytes) {
        requireLine(fileName, "A file's name");
        this.fileName = fileName;
        this.length = length;
        this.bytes = Flux.defer(bytes).onErrorMap(error -> unreadable(fileName, error));
    }

    /**
     * A file of the disk. It is looked at and read when the call is made, on Reactor's elastic threads.
     *
     * @param path the file; its last name is the one sent
     * @return the content
     * @throws IllegalArgumentException if the path has no last name, or one with control characters
     */
    public static FileContent of(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("Not a file: " + path);
        }
        Mono<Long> size = Mono.fromCallable(() -> sizeOf(path)).subscribeOn(Schedulers.boundedElastic());
        return new FileContent(name.toString(), size, () -> read(path));
    }

    /**
     * Content from anywhere.
     *
     * @param fileName the name to send
     * @param length bytes there are, not negative
     * @param bytes gives all of them each time, in buffers that are the receiver's; must not block the thread that asks
     * @return the content
     * @throws IllegalArgumentException if the length is negative, or the name blank or with control characters
     */
    public static FileContent of(String fileName, long length, Supplier<Flux<ByteBuffer>> bytes) {
        if (length < 0) {
            throw new IllegalArgumentException("The length is negative: " + length);
        }
        Objects.requireNonNull(bytes, "bytes");
        return new FileContent(fileName, Mono.just(length), bytes);
    }

    /**
     * The name to send.
     *
     * @return a name without directories
     */
    public String fileName() {
        return fileName;
    }

    /**
     * How long it is now.
     *
     * @return bytes; {@link ContentException} naming the file when there is no such file or it cannot be read
     */
    public Mono<Long> length() {
        return length;
    }

    /**
     * The bytes, read under demand, about 64 KiB a buffer. Cancel closes the file.
     *
     * @return cold; emits buffers that are the receiver's; {@link ContentException} when the file cannot be read
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
                        "The file " + path + " must not be read by this process", ErrorContext.NONE, null);
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
            // it was only read, so nothing can be lost
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

    /** What stands in a header must not begin another one. */
    static void requireLine(String text, String what) {
        if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not be blank or hold line breaks or control characters");
        }
    }

    /** The name: content is nobody's business. */
    @Override
    public String toString() {
        return fileName;
    }
}
