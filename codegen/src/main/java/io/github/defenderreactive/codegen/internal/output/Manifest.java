package io.github.defenderreactive.codegen.internal.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The list of files that one execution wrote, which tells its next run from files of other executions with the same
 * output folder.
 */
final class Manifest {

    private static final String SUFFIX = ".files";

    private final Path file;

    /** Returns the manifest of the execution that writes an API package, because no other may write the same one. */
    Manifest(Path output, String apiPackage) {
        this.file = output.resolve(".defender-reactive").resolve(apiPackage + SUFFIX);
    }

    /** Returns the paths that the execution wrote before. */
    Set<String> paths() throws IOException {
        return read(file);
    }

    /** Returns the paths that other executions wrote. */
    Set<String> pathsOfOthers() throws IOException {
        Path folder = file.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        List<Path> others;
        try (Stream<Path> listed = Files.list(folder)) {
            others = listed.filter(other -> other.toString().endsWith(SUFFIX) && !other.equals(file))
                    .toList();
        }
        Set<String> paths = new LinkedHashSet<>();
        for (Path other : others) {
            paths.addAll(read(other));
        }
        return paths;
    }

    void write(Collection<String> paths) throws IOException {
        Set<String> sorted = new TreeSet<>(paths);
        if (!sorted.equals(paths())) {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, String.join("\n", sorted) + "\n", StandardCharsets.UTF_8);
        }
    }

    private static Set<String> read(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? new LinkedHashSet<>(Files.readAllLines(file, StandardCharsets.UTF_8))
                : Set.of();
    }
}
