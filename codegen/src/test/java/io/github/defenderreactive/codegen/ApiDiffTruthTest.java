package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.ApiChanges.Dimension;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that use generated code, compiled and linked with the code of a changed description. */
class ApiDiffTruthTest {

    /** By case, what a program does with the element that the case changes. The cases change different elements. */
    private static final Map<String, String> PROGRAMS = Map.ofEntries(
            Map.entry("member added", "Exhibit.builder().title(\"x\")"),
            Map.entry("member renamed", "((Exhibit) null).donor()"),
            Map.entry("member with another type", "number(((Exhibit) null).weight())"),
            Map.entry("elements of a list with another type", "first(((Exhibit) null).tags())"),
            Map.entry("value removed", "ExhibitState.STORED.value()"),
            Map.entry("case removed", "origin(GivenOrigin.builder().build()).toMap()"),
            Map.entry("schema removed", "BoughtOrigin.builder()"),
            Map.entry("first optional query parameter", "((HallsApi) null).closeRoom(\"1\", \"2\")"),
            Map.entry("body optional", "((ExhibitsApi) null).lendExhibit(\"1\", null, (Loan) null)"),
            Map.entry("query parameter becomes required", "((ExhibitsApi) null).listExhibits()"),
            Map.entry("response added", "done(((ExhibitsApi) null).lendExhibit(\"1\", null, (Loan) null))"),
            Map.entry("operation in another group", "((ExhibitsApi) null).getExhibit(\"1\")"));

    @TempDir
    Path folder;

    private static ObjectNode tree(String yaml) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(yaml);
    }

    @Test
    void shouldJudgeAsTheCompilerAndTheLinkerDo() throws IOException, ReflectiveOperationException {
        String museum = Files.readString(ApiDiffTest.MUSEUM);
        String changed = museum;
        for (String name : PROGRAMS.keySet()) {
            changed = ApiDiffTest.named(name).applied(changed);
        }
        GeneratedClient before = GeneratedClient.of(tree(museum));
        GeneratedClient after = GeneratedClient.of(tree(changed));
        Surface old = Surface.of(Element.root(tree(museum)));
        List<Path> programs = new ArrayList<>();
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            Path file = folder.resolve("User" + programs.size() + ".java");
            programs.add(Files.writeString(file, program("User" + programs.size(), program.getValue())));
        }
        Path linked = Files.createDirectory(folder.resolve("linked"));
        assertThat(before.errors(programs, linked)).isEmpty();
        Set<String> errors = after.errors(programs, Files.createDirectory(folder.resolve("compiled")));
        ClassLoader loader = after.loader(linked);
        Map<String, Set<Dimension>> judged = new TreeMap<>();
        Map<String, Set<Dimension>> found = new TreeMap<>();
        int number = 0;
        for (String name : PROGRAMS.keySet()) {
            String changedBy = ApiDiffTest.named(name).applied(museum);
            judged.put(name, affected(ApiDiff.between(old, Surface.of(Element.root(tree(changedBy))))));
            String type = "User" + number++;
            Set<Dimension> broken = EnumSet.noneOf(Dimension.class);
            if (errors.contains(type + ".java")) {
                broken.add(Dimension.SOURCE);
            }
            if (!isLinked((Runnable) loader.loadClass(type).getConstructor().newInstance())) {
                broken.add(Dimension.BINARY);
            }
            found.put(name, broken);
        }

        assertThat(after.compilerOutput()).isEmpty();
        assertThat(judged).isEqualTo(found);
    }

    private static boolean isLinked(Runnable program) {
        try {
            program.run();
            return true;
        } catch (LinkageError e) {
            return false;
        } catch (NullPointerException e) {
            // A method is linked before it finds that the target is null.
            return true;
        }
    }

    private static Set<Dimension> affected(ApiChanges changes) {
        Set<Dimension> affected = EnumSet.noneOf(Dimension.class);
        for (Dimension dimension : List.of(Dimension.SOURCE, Dimension.BINARY)) {
            if (changes.fails(Set.of(dimension))) {
                affected.add(dimension);
            }
        }
        return affected;
    }

    private static String program(String name, String expression) {
        return """
                import harbour.api.*;
                import harbour.model.*;
                import harbour.query.*;
                import java.util.List;
                import reactor.core.publisher.Mono;

                public class %s implements Runnable {
                    static long number(Long value) {
                        return value;
                    }

                    static int first(List<String> values) {
                        return values.get(0).length();
                    }

                    static Origin origin(Origin value) {
                        return value;
                    }

                    static Mono<Void> done(Mono<Void> value) {
                        return value;
                    }

                    @Override
                    @SuppressWarnings("deprecation")
                    public void run() {
                        %s;
                    }
                }
                """.formatted(name, expression);
    }
}
