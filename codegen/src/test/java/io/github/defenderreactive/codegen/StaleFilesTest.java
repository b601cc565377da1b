package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.internal.output.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleFilesTest {

    private static final String HEADER = "// Generated from Garden 1; do not edit.";

    private static final String WITHOUT_BED =
            Garden.DESCRIPTION.replace("    Bed: { type: object, properties: { raised: { type: boolean } } }\n", "");

    @TempDir
    Path folder;

    private Map<String, String> files() throws IOException {
        return Nasty.javaFiles(folder.resolve("out/src/main/java"));
    }

    @Test
    void shouldKeepTheFilesOfAnotherExecutionWithTheSameFolder() throws IOException {
        Garden.generate(Garden.DESCRIPTION, folder, "first");
        List<String> first = List.copyOf(files().keySet());
        Garden.generate(Garden.DESCRIPTION, folder, "second");
        List<String> both = List.copyOf(files().keySet());

        Garden.generate(Garden.DESCRIPTION, folder, "first");

        assertThat(files().keySet()).containsExactlyElementsOf(both).containsAll(first);
        assertThat(both).hasSize(2 * first.size()).contains("first/model/Bed.java", "second/model/Bed.java");
    }

    @Test
    void shouldDeleteOnlyWhatTheSameExecutionWrote() throws IOException {
        Garden.generate(Garden.DESCRIPTION, folder, "first");
        Garden.generate(Garden.DESCRIPTION, folder, "second");
        Path generated = folder.resolve("out/src/main/java/first/model/Shrub.java");
        Files.writeString(generated, HEADER + "\n");
        List<String> before = List.copyOf(files().keySet());
        assertThat(WITHOUT_BED).isNotEqualTo(Garden.DESCRIPTION);

        Garden.generate(WITHOUT_BED, folder, "first");

        assertThat(before).contains("first/model/Bed.java");
        assertThat(files().keySet())
                .containsExactlyElementsOf(before.stream()
                        .filter(file -> !file.equals("first/model/Bed.java"))
                        .toList());
    }

    @Test
    void shouldReportDeletionsAndKeepWhatAnotherExecutionAlsoWrites() throws IOException {
        Path out = folder.resolve("out");
        write(out, "first.api", "shared/A.java", "shared/B.java", "first/C.java");
        write(out, "second.api", "shared/A.java", "shared/B.java");

        assertThat(write(out, "first.api", "shared/A.java")).containsExactly(out.resolve("src/first/C.java"));
        assertThat(write(out, "second.api", "shared/A.java")).containsExactly(out.resolve("src/shared/B.java"));
        assertThat(out.resolve("src/shared/A.java")).exists();
    }

    @Test
    void shouldNotDeleteAFileThatItsUserReplaced() throws IOException {
        Path out = folder.resolve("out");
        write(out, "first.api", "first/A.java", "first/B.java");
        Files.writeString(out.resolve("src/first/B.java"), "package first;\n");

        assertThat(write(out, "first.api", "first/A.java")).isEmpty();
    }

    @Test
    void shouldNotDeleteOutsideOfTheOutputFolder() throws IOException {
        Path out = folder.resolve("out");
        write(out, "first.api", "first/A.java");
        Path outside = Files.writeString(folder.resolve("B.java"), HEADER + "\n");
        Files.writeString(out.resolve(".defender-reactive/first.api.files"), "../B.java\n");

        assertThat(write(out, "first.api", "first/A.java")).isEmpty();
        assertThat(outside).exists();
    }

    private static List<Path> write(Path out, String apiPackage, String... paths) throws IOException {
        SourceFolder sources = new SourceFolder(out, "src", apiPackage);
        for (String path : paths) {
            sources.add(path, HEADER + "\n");
        }
        return sources.write((file, text) -> {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        });
    }
}
