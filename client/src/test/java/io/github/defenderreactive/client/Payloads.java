package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The payload files of a folder, by operation: the project's own fixtures, and any folder given as
 * {@code -Ddefender.examples=DIR}.
 */
final class Payloads {

    /** The kinds of files in such a folder. Others hold no body of an operation. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z]+)\\.(request|response)(?:\\.\\d+)?\\.json");

    record Payload(Path file, Operation<?> operation, boolean request) {

        byte[] bytes() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The models in it: one, or the items of a collection. */
        List<Object> read() {
            JsonDecoder<?> decoder =
                    Objects.requireNonNull(request ? operation.requestDecoder() : operation.responseDecoder());
            return !request && operation.shape() == ResponseShape.COLLECTION
                    ? items(decoder, bytes())
                    : List.of(one(decoder, bytes()));
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    private Payloads() {}

    static Stream<Payload> all() {
        Path root = Path.of(System.getProperty("defender.root"));
        Stream<Payload> own = Stream.of(Api.values())
                .flatMap(api -> in(root.resolve("api-spec/fixtures").resolve(api.id())));
        String examples = System.getProperty("defender.examples");
        return examples == null ? own : Stream.concat(own, in(Path.of(examples)));
    }

    private static Stream<Payload> in(Path folder) {
        List<Payload> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    boolean request = name.group(2).equals("request");
                    // Operations that the description does not have yet are another test's matter: the inventory.
                    Api.find(name.group(1)).ifPresent(operation -> found.add(new Payload(file, operation, request)));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("No payloads in " + folder);
        }
        return found.stream();
    }

    private static Object one(JsonDecoder<?> decoder, byte[] bytes) {
        JsonReader in = JsonReader.of(bytes);
        Object value = decoder.read(in);
        in.end();
        return Objects.requireNonNull(value);
    }

    private static <T> List<Object> items(JsonDecoder<T> decoder, byte[] bytes) {
        EnvelopeReader<T> reader = new EnvelopeReader<>(decoder, JsonLimits.DEFAULT);
        reader.feed(ByteBuffer.wrap(bytes));
        reader.endOfInput();
        List<Object> items = new ArrayList<>();
        for (T item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
        if (!reader.ended()) {
            throw new IllegalStateException("The envelope did not end");
        }
        return items;
    }

    static JsonEncodable encodable(Object model) {
        return model instanceof Number number ? out -> out.number(number.longValue()) : (JsonEncodable) model;
    }
}
