package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The guide shows blocks, commands and findings of the plugin as it is. */
class GuideTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root", "."));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^|]*)` \\| .* \\|$");

    /** The smallest of the named descriptions, with which commands run sooner. */
    private static final String SMALL = "defender-xdr";

    private static String page = "";

    /** The parameters of the goals by name, each with its property, which is empty if it has none. */
    private static final Map<String, Map<String, String>> GOALS = new TreeMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws Exception {
        page = Files.readString(ROOT.resolve("docs/regenerate.md"));
        try (InputStream in = GuideTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            for (Element goal : all(xml(new InputSource(in)), "mojo")) {
                Map<String, String> parameters = new TreeMap<>();
                for (Element parameter : all(goal, "parameter")) {
                    if (child(parameter, "editable").equals("true")) {
                        parameters.put(child(parameter, "name"), "");
                    }
                }
                for (Element configuration : all(goal, "configuration")) {
                    children(configuration)
                            .forEach(value -> parameters.computeIfPresent(
                                    value.getTagName(),
                                    (name, none) -> value.getTextContent().replaceAll("^\\$\\{|}$", "")));
                }
                GOALS.put(child(goal, "goal"), parameters);
            }
        }
    }

    private static Element xml(InputSource source) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(source)
                .getDocumentElement();
    }

    private static List<Element> all(Element element, String name) {
        var found = element.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static String child(Element element, String name) {
        return children(element).stream()
                .filter(child -> child.getTagName().equals(name))
                .map(Node::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void shouldShowGoalsAndParametersThatExist() throws Exception {
        Set<String> known = GOALS.values().stream()
                .flatMap(parameters -> parameters.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> blocks = pluginBlocks();
        assertThat(blocks).hasSizeGreaterThan(2);
        for (String block : blocks) {
            Element root = xml(new InputSource(new StringReader("<block>" + block + "</block>")));
            assertThat(all(root, "goal")).extracting(Node::getTextContent).isSubsetOf(GOALS.keySet());
            List<Element> configurations = all(root, "configuration");
            (configurations.isEmpty() && all(root, "goal").isEmpty() ? List.of(root) : configurations)
                    .forEach(configuration -> assertThat(children(configuration))
                            .extracting(Element::getTagName)
                            .isSubsetOf(known));
        }
        assertThat(known).allMatch(name -> page.contains("`" + name + "`") || page.contains("<" + name + ">"));
    }

    private static List<String> pluginBlocks() {
        return blocks("xml").stream()
                .filter(block -> !block.startsWith("<dependency>"))
                .toList();
    }

    /** Returns the project of a sample in one line and with its version. */
    private static String pom(String sample) throws IOException {
        String pom =
                flat(Files.readString(ROOT.resolve("samples").resolve(sample).resolve("pom.xml")));
        String version = pom.replaceAll(".*<defender-reactive.version>(.*)</defender-reactive.version>.*", "$1");
        return pom.replace("${defender-reactive.version}", version);
    }

    @Test
    void shouldShowTheSampleThatReplacesModels() throws IOException {
        String pom = pom("replace");

        assertThat(blocks("xml").stream()
                        .filter(block -> block.startsWith("<dependency>"))
                        .map(GuideTest::flat))
                .isNotEmpty()
                .allMatch(pom::contains);
        assertThat(Pattern.compile("<basePackage>(.*?)</basePackage>")
                        .matcher(pom)
                        .results())
                .hasSize(3)
                .allMatch(basePackage -> page.contains("| `" + basePackage.group(1) + "` |"));
        assertThat(pom).contains("<goal>link</goal>");
    }

    @Test
    void shouldShowTheSample() throws IOException {
        Path sample = ROOT.resolve("samples/regenerate");
        String pom = pom("regenerate");
        String overlays = flat(pluginBlocks().get(1));

        assertThat(pom.replace(overlays, "")).contains(flat(pluginBlocks().get(0)));
        assertThat(pom).contains(overlays);
        assertThat(blocks("yaml")).contains(Files.readString(sample.resolve("api/ours.overlay.yaml")));
    }

    private static String flat(String xml) {
        return xml.replaceAll(">\\s+<", "><").strip().replace("\n", "");
    }

    @Test
    void shouldRunTheCommands() throws Exception {
        Files.createDirectories(folder.resolve("api"));
        Files.writeString(
                folder.resolve("api/shop.yaml"), GoalsTest.DESCRIPTION.replace("models.yaml", "schemas/models.yaml"));
        Files.createDirectories(folder.resolve("api/schemas"));
        Files.writeString(folder.resolve("api/schemas/models.yaml"), "Loaf: { type: object }");
        Files.copy(NamedDescriptions.file(SMALL, folder, folder.resolve("named")), folder.resolve("api/last.yaml"));
        List<MatchResult> commands = Pattern.compile("mvn defender-reactive:([a-z]+)((?:\\s+-D[\\w.]+=[\\w./,-]+)+)")
                .matcher(page)
                .results()
                .toList();

        assertThat(commands).extracting(command -> command.group(1)).contains("check", "diff");
        for (MatchResult command : commands) {
            run(
                    command.group(1),
                    command.group(2).replace("defender-endpoint", SMALL).strip().split("\\s+"));
        }
        assertThat(folder.resolve("target/defender-reactive/default/api-diff.md"))
                .exists();
    }

    private void run(String goal, String... options) throws Exception {
        String type = goal.substring(0, 1).toUpperCase(Locale.ROOT) + goal.substring(1) + "Mojo";
        AbstractMojo mojo = (AbstractMojo) Class.forName("io.github.defenderreactive.maven." + type)
                .getDeclaredConstructor()
                .newInstance();
        ((DescriptionMojo) mojo).project = project();
        for (String option : options) {
            String property = option.substring(2, option.indexOf('='));
            String name = GOALS.getOrDefault(goal, Map.of()).entrySet().stream()
                    .filter(parameter -> parameter.getValue().equals(property))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no parameter of " + goal + " has the property " + property));
            field(mojo.getClass(), name).set(mojo, option.substring(option.indexOf('=') + 1));
        }
        mojo.execute();
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> at = type; at != AbstractMojo.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private MavenProject project() {
        MavenProject project = new MavenProject();
        Build build = new Build();
        build.setDirectory(folder.resolve("target").toString());
        project.setBuild(build);
        project.setFile(folder.resolve("pom.xml").toFile());
        return project;
    }

    private static List<String> explained() {
        String table = page.substring(page.indexOf("| Finding "));
        return ROW.matcher(table.substring(0, table.indexOf("\n\n")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    /** Each case is a change of the description, and a finding that the guide explains. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openapi: 3.1.0 | openapi: 3.2.0 | versions 3.0 and 3.1 are read",
                "x-defender-replay: safe | x-defender-reply: safe | is not known at this place",
                "models.yaml#/Loaf | models.yaml#/Roll | unresolved reference",
                "models.yaml#/Loaf | ../models.yaml#/Loaf | only files below the root file's folder are read",
                "summary: Gets | operationId: getRoll\\n      summary: Gets | Duplicate field",
                "schema: { type: string } | schema: { type: text } | unknown type",
                "'    get:' | '    head:' | operations with HEAD are not generated",
                "in: path, required: true | in: cookie | the client does not send cookies",
                "summary: Gets | servers: [ { url: /other } ]\\n      summary: Gets | differ from those of the document",
            })
    void shouldExplainWhatTheGoalsFind(String old, String replacement, String finding) throws IOException {
        String from = old.replace("'", "");
        assertThat(GoalsTest.DESCRIPTION).contains(from);
        Files.writeString(
                folder.resolve("api.yaml"),
                GoalsTest.DESCRIPTION.replace(from, replacement.replace("'", "").replace("\\n", "\n")));
        Files.writeString(folder.resolve("models.yaml"), "Loaf: { type: object }");

        assertThat(catchThrowable(() -> check("api.yaml").execute())).hasMessageContaining(finding);
        assertThat(explained()).contains(finding);
    }

    @Test
    void shouldExplainTheOtherFindings() throws Exception {
        Files.writeString(folder.resolve("api.yaml"), GoalsTest.DESCRIPTION);
        Files.writeString(folder.resolve("models.yaml"), "Loaf: { type: object }");
        CheckMojo strict = check("api.yaml");
        strict.strict = true;
        strict.overlays = List.of(overlay());
        DiffMojo diff = new DiffMojo();
        diff.project = project();
        diff.description = "api.yaml";
        diff.baseline = "old.yaml";
        diff.failOn = "behaviour";
        Files.writeString(folder.resolve("old.yaml"), GoalsTest.DESCRIPTION.replace("PT1M", "PT2M"));
        List<String> others = List.of("selects nothing in the description", "no such file", "change affects");

        assertThatThrownBy(strict::execute).hasMessageContaining(others.get(0));
        assertThatThrownBy(check("other.yaml")::execute).hasMessageContaining(others.get(1));
        assertThatThrownBy(diff::execute).hasMessageContaining(others.get(2));
        assertThat(explained()).containsAll(others).hasSize(9 + others.size());
    }

    private CheckMojo check(String description) {
        CheckMojo goal = new CheckMojo();
        goal.project = project();
        goal.description = description;
        return goal;
    }

    private File overlay() throws IOException {
        return Files.writeString(folder.resolve("ours.yaml"), """
                        overlay: 1.0.0
                        info: { title: Ours, version: '1' }
                        actions: [ { target: $.components.schemas.Roll, remove: true } ]
                        """).toFile();
    }
}
