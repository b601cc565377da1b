package io.github.defenderreactive.client;

import io.github.defenderreactive.client.property.DescribedModel;
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
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payload files of a folder: the project's own fixtures, and any folder given as {@code -Ddefender.examples=DIR}. A file
 * that no model reads is an error.
 */
final class Payloads {

    private static final Pattern BODY = Pattern.compile("([A-Za-z]+)\\.(request|response)(?:\\.\\d+)?\\.json");
    private static final Pattern ERROR = Pattern.compile("([A-Za-z]+)\\.[45]\\d\\d\\.response(?:\\.\\d+)?\\.json");
    private static final Pattern ENTITY = Pattern.compile("entity-([A-Za-z]+)(?:\\.\\d+)?\\.json");

    /** Documents that links lead to, and answers of operations that are not described because their pages are gone. */
    private static final Map<String, String> MODELS = Map.of(
            "getLiveResponseResultDownloadLink.file",
            "LiveResponseScriptOutput",
            "getUser.response",
            "User",
            "exportDeviceAvHealthFiles.response",
            "ExportFilesResponse");

    /**
     * A file.
     *
     * @param operation the operation whose body it is, or null
     * @param decoder reads the one value or an item
     */
    record Payload(
            Path file, @Nullable Operation<?> operation, boolean request, boolean collection, JsonDecoder<?> decoder) {

        byte[] bytes() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The models in it: one, or the items of a collection. */
        List<Object> read() {
            return collection ? items(decoder, bytes()) : List.of(one(decoder, bytes()));
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
                .flatMap(api -> in(root.resolve("api-spec/fixtures").resolve(api.id()), api));
        String examples = System.getProperty("defender.examples");
        return examples == null ? own : Stream.concat(own, in(Path.of(examples), Api.DEFENDER_ENDPOINT));
    }

    private static Stream<Payload> in(Path folder, Api api) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Payload> found = files.sorted().map(file -> payload(file, api)).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("No payloads in " + folder);
            }
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Payload payload(Path file, Api api) {
        String name = file.getFileName().toString();
        Matcher body = BODY.matcher(name);
        Operation<?> operation = body.matches() ? Api.find(body.group(1)).orElse(null) : null;
        if (operation != null) {
            boolean request = body.group(2).equals("request");
            return new Payload(
                    file,
                    operation,
                    request,
                    !request && operation.shape() == ResponseShape.COLLECTION,
                    Objects.requireNonNull(request ? operation.requestDecoder() : operation.responseDecoder(), name));
        }
        return new Payload(file, null, false, false, DescribedModel.decoder(api, model(name)));
    }

    private static String model(String name) {
        Matcher entity = ENTITY.matcher(name);
        if (entity.matches()) {
            return entity.group(1);
        }
        if (ERROR.matcher(name).matches()) {
            return "ErrorResponse";
        }
        return MODELS.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No model reads the payload " + name));
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
