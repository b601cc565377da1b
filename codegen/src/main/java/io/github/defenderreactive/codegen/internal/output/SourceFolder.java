package io.github.defenderreactive.codegen.internal.output;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of generated sources. Generated files of earlier runs are deleted. */
public final class SourceFolder {

    /** First line of every generated file. A file without it is never deleted. */
    public static final String HEADER = "// Generated from the API description; do not edit.";

    private final Path folder;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> lowerCase = new LinkedHashMap<>();

    public SourceFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes one file. */
    @FunctionalInterface
    public interface Writer {
        void write(Path file, String text) throws IOException;
    }

    public void add(String path, String text) {
        // On a file system that ignores case one file would overwrite the other.
        String other = lowerCase.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        if (other != null) {
            throw new DescriptionException("two generated files have the same name: " + other + " and " + path);
        }
        files.put(path, text);
    }

    public void write(Writer writer) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            writer.write(folder.resolve(file.getKey()), file.getValue());
        }
        deleteStale();
    }

    private void deleteStale() throws IOException {
        Set<Path> current = files.keySet().stream().map(folder::resolve).collect(Collectors.toSet());
        List<Path> present;
        try (Stream<Path> walk = Files.walk(folder)) {
            present = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : present) {
            if (!current.contains(file) && isGenerated(file)) {
                Files.delete(file);
            }
        }
    }

    private static boolean isGenerated(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().filter(HEADER::equals).isPresent();
        }
    }
}
