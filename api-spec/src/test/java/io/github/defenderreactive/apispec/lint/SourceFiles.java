package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The YAML files of one description, read as they are. */
final class SourceFiles {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String root;
    private final Map<String, JsonNode> documents = new TreeMap<>();

    private SourceFiles(String root) {
        this.root = root;
    }

    /** Reads the root file and every YAML file below its folder. */
    static SourceFiles read(Path root) {
        Path folder = root.toAbsolutePath().getParent();
        SourceFiles files = new SourceFiles(String.valueOf(root.getFileName()));
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> paths =
                    found.filter(path -> path.toString().endsWith(".yaml")).toList();
            for (Path path : paths) {
                files.documents.put(folder.relativize(path).toString().replace('\\', '/'), parse(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static JsonNode parse(Path path) throws IOException {
        try {
            return YAML.readTree(path.toFile());
        } catch (JsonProcessingException e) {
            throw new IOException(path + " is not readable: " + e.getOriginalMessage() + " at " + e.getLocation(), e);
        }
    }

    Place root() {
        return document(root);
    }

    Iterable<String> names() {
        return documents.keySet();
    }

    Place document(String file) {
        return new Place(file, JsonPointer.empty(), documents.getOrDefault(file, MissingNode.getInstance()));
    }

    /** What a reference that stands in a file points to; empty when that does not exist. */
    Optional<Place> resolve(String reference, String from) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        String pointer = hash < 0 ? "" : reference.substring(hash + 1);
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            return Optional.empty();
        }
        String file = path.isEmpty()
                ? from
                : Path.of(from).resolveSibling(path).normalize().toString().replace('\\', '/');
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode node = document(file).node().at(at);
        return node.isMissingNode() ? Optional.empty() : Optional.of(new Place(file, at, node));
    }
}
