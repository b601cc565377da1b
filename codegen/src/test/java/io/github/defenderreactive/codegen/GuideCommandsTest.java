package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** The command lines of the guide without the Maven plugin. */
class GuideCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}java -cp \\S+ \\\\\n +([\\w.]+) (.*)$");

    @TempDir
    Path folder;

    @Test
    void shouldRunTheCommands() throws IOException {
        Files.writeString(folder.resolve("api.yaml"), Garden.DESCRIPTION);
        Files.writeString(folder.resolve("before.yaml"), Garden.DESCRIPTION);
        Files.writeString(folder.resolve("after.yaml"), Garden.DESCRIPTION.replace("height:", "size:"));
        Path page = Path.of("..", "docs", "regenerate.md");

        List<String> programs = new ArrayList<>();
        COMMAND.matcher(Files.readString(page)).results().forEach(command -> {
            programs.add(command.group(1).replaceAll(".*\\.", ""));
            run(command.group(1), List.of(command.group(2).split(" ")));
        });

        assertThat(programs).containsExactly("OpenAPIGenerator", "Bundler", "ApiDiff");
        assertThat(folder.resolve("bundle.json")).content().contains("\"Garden\"");
        assertThat(Nasty.javaFiles(folder.resolve("out"))).isNotEmpty();
    }

    private void run(String program, List<String> arguments) {
        try {
            switch (program.replaceAll(".*\\.", "")) {
                case "OpenAPIGenerator" -> generate(arguments);
                case "Bundler" -> Bundler.main(files(arguments).toArray(new String[0]));
                case "ApiDiff" -> assertThat(diff(files(arguments))).contains("Plant.height()");
                default -> throw new AssertionError("the guide shows another program: " + program);
            }
        } catch (IOException e) {
            throw new AssertionError(program, e);
        }
    }

    /** Runs the command of the framework, whose program is in an artefact of its own. */
    private void generate(List<String> arguments) {
        assertThat(arguments)
                .hasSize(7)
                .startsWith("generate", "-g", "defender-reactive", "-i")
                .contains("-o");
        CodegenConfigurator configuration = new CodegenConfigurator()
                .setGeneratorName(arguments.get(2))
                .setInputSpec(folder.resolve(arguments.get(4)).toString())
                .setOutputDir(folder.resolve(arguments.get(6)).toString());
        DefaultGenerator generator = new DefaultGenerator();
        generator.setGenerateMetadata(false);
        generator.opts(configuration.toClientOptInput()).generate();
    }

    private static String diff(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        assertThat(ApiDiff.run(arguments, stream, stream)).isEqualTo(1);
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> files(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.matches(".*\\.(yaml|json)")
                        ? folder.resolve(argument).toString()
                        : argument)
                .toList();
    }
}
