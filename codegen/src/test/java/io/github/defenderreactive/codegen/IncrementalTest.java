package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path workspace;

    private final ObjectNode bundle = Nasty.bundle();

    @BeforeEach
    void generateOnce() throws IOException {
        Nasty.generate(bundle, workspace);
        for (Path file : files()) {
            Files.setLastModifiedTime(file, LONG_AGO);
        }
    }

    @Test
    void shouldTouchNothingWithoutAChange() throws IOException {
        Nasty.generate(bundle, workspace);

        assertThat(touched()).isEmpty();
    }

    @Test
    void shouldTouchOnlyWhatChanged() throws IOException {
        ((ObjectNode) bundle.at("/components/schemas/Sailor")).put("description", "Another sailor.");

        Nasty.generate(bundle, workspace);

        assertThat(touched()).containsExactly("Sailor.java");
    }

    @Test
    void shouldDeleteTheClassOfARemovedSchema() throws IOException {
        Path stale = Nasty.output(workspace).resolve("src/main/java/harbour/model/NoMembers.java");
        assertThat(stale).exists();
        ObjectNode schemas = (ObjectNode) bundle.at("/components/schemas");
        schemas.remove("NoMembers");
        ((ObjectNode) schemas.at("/Failure/properties")).remove("inner");

        Nasty.generate(bundle, workspace);

        assertThat(stale).doesNotExist();
        assertThat(touched()).containsExactly("Failure.java");
    }

    @Test
    void shouldLeaveFilesOfOthersAlone() throws IOException {
        Path own = Nasty.output(workspace).resolve("src/main/java/harbour/model/Handwritten.java");
        Files.writeString(own, "package harbour.model;\n");

        Nasty.generate(bundle, workspace);

        assertThat(own).exists();
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(Nasty.output(workspace))) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> touched() throws IOException {
        List<String> touched = new ArrayList<>();
        for (Path file : files()) {
            if (!Files.getLastModifiedTime(file).equals(LONG_AGO)) {
                touched.add(file.getFileName().toString());
            }
        }
        return touched;
    }
}
