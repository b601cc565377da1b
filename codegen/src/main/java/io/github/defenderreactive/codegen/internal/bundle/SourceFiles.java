package io.github.defenderreactive.codegen.internal.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;

/** The files of a description. Each is read once and named relative to the folder of the root file. */
public final class SourceFiles {

    private static final int MEGABYTES = 64;
    private static final int DEPTH = 200;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            // The text of a description may be as long as a file.
            .maxStringLength(MEGABYTES << 20)
            .build();

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(CONSTRAINTS)
                    .loaderOptions(loaderOptions())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // The parser would ignore a second document.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads large files several times as fast as the YAML parser. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(CONSTRAINTS)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;
    private final Map<Path, ObjectNode> documents = new LinkedHashMap<>();

    public SourceFiles(Path root) {
        Path parent = root.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new DescriptionException(root + ": not a file");
        }
        this.folder = parent;
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MEGABYTES << 20);
        return options;
    }

    private static ObjectMapper mapper(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }

    /** Returns the name of a file for messages, which is the same on every machine. */
    public String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Reads a file.
     *
     * @throws DescriptionException if it is missing, is not a mapping, repeats a key, has more than one document, uses
     *     anchors, has more than 64 MB or more than 200 levels
     */
    public ObjectNode document(Path file) {
        ObjectNode known = documents.get(file);
        if (known != null) {
            return known;
        }
        ObjectNode read = read(file);
        documents.put(file, read);
        return read;
    }

    private ObjectNode read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DescriptionException(name(file) + ": no such file");
        }
        try {
            if (Files.size(file) > (long) MEGABYTES << 20) {
                throw new DescriptionException(name(file) + ": has " + Files.size(file) + " bytes, and at most "
                        + MEGABYTES + " MB are read; remove examples, or divide the description");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            checkTokens(file, text);
            if (mapper(file).readTree(text) instanceof ObjectNode document) {
                return document;
            }
            throw new DescriptionException(name(file) + ": not a mapping");
        } catch (JsonProcessingException e) {
            throw new DescriptionException(name(file) + ": " + e.getOriginalMessage() + place(e), e);
        } catch (IOException e) {
            throw new DescriptionException(name(file) + ": cannot be read, " + e.getMessage(), e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    /** The tree reader would read an alias as a text, and later steps call themselves once for each level. */
    private void checkTokens(Path file, String text) throws IOException {
        try (JsonParser parser = mapper(file).createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().getNestingDepth() > DEPTH) {
                    JsonLocation location = parser.currentTokenLocation();
                    throw new DescriptionException(name(file) + ":" + location.getLineNr() + ":"
                            + location.getColumnNr() + ": has more than " + DEPTH
                            + " levels; give inner schemas a name, and refer to them with $ref");
                }
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw new DescriptionException(name(file) + ": YAML alias at line "
                            + parser.currentTokenLocation().getLineNr() + ", use $ref");
                }
            }
        }
    }

    /**
     * Returns file, line and column of places in a file. A place that does not exist is at the nearest node around it.
     */
    public Function<Pointer, String> locations(Path file, Collection<Pointer> places) {
        Map<String, JsonLocation> found = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        places.forEach(place -> around(place).forEach(pointer -> wanted.add(pointer.toString())));
        try (JsonParser parser = mapper(file).createParser(Files.readString(file, StandardCharsets.UTF_8))) {
            while (parser.nextToken() != null) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (wanted.contains(pointer)) {
                    found.putIfAbsent(pointer, parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            throw new DescriptionException(name(file) + ": cannot be read, " + e.getMessage(), e);
        }
        return place -> around(place).stream()
                .map(pointer -> found.get(pointer.toString()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(location -> name(file) + ":" + location.getLineNr() + ":" + location.getColumnNr())
                .orElse(name(file));
    }

    /** Returns a place and those around it, the innermost first. */
    private static List<Pointer> around(Pointer place) {
        List<String> segments = place.segments();
        return IntStream.rangeClosed(0, segments.size())
                .mapToObj(left -> new Pointer(segments.subList(0, segments.size() - left)))
                .toList();
    }

    /**
     * Returns the target of a reference.
     *
     * @param reference the text of {@code $ref}
     * @param from the file that contains the reference
     * @return the place
     * @throws DescriptionException if the target does not exist; the message does not name the place of the reference
     */
    public Place resolve(String reference, Path from) {
        if (reference.contains("://")) {
            throw new DescriptionException("only files below the root file's folder are read: " + reference);
        }
        int hash = reference.indexOf('#');
        String path = (hash < 0 ? reference : reference.substring(0, hash)).replace('\\', '/');
        Pointer pointer = Pointer.parse(hash < 0 ? "" : reference.substring(hash + 1));
        Path file = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        if (!file.startsWith(folder)) {
            throw new DescriptionException("only files below the root file's folder are read: " + reference);
        }
        JsonNode node = pointer.in(document(file));
        if (node.isMissingNode()) {
            throw new DescriptionException("no definition at " + name(file) + "#" + pointer);
        }
        return new Place(file, pointer, node);
    }

    /** A node of a file. */
    record Place(Path file, Pointer pointer, JsonNode node) {}
}
