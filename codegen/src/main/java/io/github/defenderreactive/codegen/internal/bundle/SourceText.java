package io.github.defenderreactive.codegen.internal.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;

/** The text of one YAML or JSON file. A file whose name ends with {@code .json} is JSON. */
public final class SourceText {

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

    /** A problem of the YAML parser and its place, which are the last ones in its message. */
    private static final Pattern YAML_PROBLEM =
            Pattern.compile("(?s)(?:.*\\n)?([^\\n]+)\\n in 'reader', line (\\d+), column (\\d+):");

    private final String name;
    private final ObjectMapper mapper;
    private final String text;

    /**
     * Reads a file.
     *
     * @param file the file
     * @param name its name for messages, which is the same on every machine
     * @throws DescriptionException if it is missing, has more than 64 MB or is not UTF-8
     */
    public SourceText(Path file, String name) {
        this.name = name;
        this.mapper = file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
        if (!Files.isRegularFile(file)) {
            throw new DescriptionException(name + ": no such file; correct the name");
        }
        try {
            if (Files.size(file) > (long) MEGABYTES << 20) {
                throw new DescriptionException(name + ": has " + Files.size(file) + " bytes, and at most " + MEGABYTES
                        + " MB are read; remove examples, or divide the description");
            }
            this.text = decoded(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DescriptionException(name + ": cannot be read, " + e.getMessage(), e);
        }
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MEGABYTES << 20);
        return options;
    }

    private String decoded(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new DescriptionException(String.format(
                    Locale.ROOT,
                    "%s: not UTF-8 (byte 0x%02X at offset %d); save the file as UTF-8",
                    name,
                    bytes[in.position()],
                    in.position()));
        }
        return out.flip().toString();
    }

    /**
     * Returns the content.
     *
     * @throws DescriptionException if it is not a mapping, repeats a key, has more than one document, uses anchors or
     *     has more than 200 levels
     */
    public ObjectNode document() {
        try {
            checkTokens();
            if (mapper.readTree(text) instanceof ObjectNode document) {
                return document;
            }
        } catch (JsonProcessingException e) {
            throw syntax(e);
        } catch (IOException e) {
            throw new DescriptionException(name + ": cannot be read, " + e.getMessage(), e);
        }
        throw new DescriptionException(name + ": " + (text.isBlank() ? "is empty" : "is not a mapping")
                + "; a description begins with openapi: 3.1.0");
    }

    private DescriptionException syntax(JsonProcessingException e) {
        Matcher yaml = YAML_PROBLEM.matcher(e.getOriginalMessage());
        if (yaml.lookingAt()) {
            return new DescriptionException(
                    at(Integer.parseInt(yaml.group(2)), Integer.parseInt(yaml.group(3))) + yaml.group(1), e);
        }
        String problem = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
        if (problem.startsWith("Duplicate field")) {
            problem += "; remove one of them";
        }
        JsonLocation location = e.getLocation();
        return new DescriptionException(
                (location == null ? name + ": " : at(location.getLineNr(), location.getColumnNr())) + problem, e);
    }

    private String at(int line, int column) {
        return name + ":" + line + ":" + column + ": ";
    }

    private String at(JsonLocation location) {
        return at(location.getLineNr(), location.getColumnNr());
    }

    /** The tree reader would read an alias as a text, and later steps call themselves once for each level. */
    private void checkTokens() throws IOException {
        try (JsonParser parser = mapper.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().getNestingDepth() > DEPTH) {
                    throw new DescriptionException(at(parser.currentTokenLocation()) + "has more than " + DEPTH
                            + " levels; give inner schemas a name, and refer to them with $ref");
                }
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw new DescriptionException(
                            at(parser.currentTokenLocation()) + "YAML aliases are not read; use $ref");
                }
            }
        }
    }

    /**
     * Returns file, line and column of places in a file. A place that does not exist is at the nearest node around it.
     */
    public Function<Pointer, String> locations(Collection<Pointer> places) {
        Map<String, JsonLocation> found = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        places.forEach(place -> around(place).forEach(pointer -> wanted.add(pointer.toString())));
        try (JsonParser parser = mapper.createParser(text)) {
            while (parser.nextToken() != null) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (wanted.contains(pointer)) {
                    found.putIfAbsent(pointer, parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            throw new DescriptionException(name + ": cannot be read, " + e.getMessage(), e);
        }
        return place -> around(place).stream()
                .map(pointer -> found.get(pointer.toString()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(location -> name + ":" + location.getLineNr() + ":" + location.getColumnNr())
                .orElse(name);
    }

    /** Returns a place and those around it, the innermost first. */
    private static List<Pointer> around(Pointer place) {
        List<String> segments = place.segments();
        return IntStream.rangeClosed(0, segments.size())
                .mapToObj(left -> new Pointer(segments.subList(0, segments.size() - left)))
                .toList();
    }
}
