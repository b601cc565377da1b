package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of the project contains none of the phrases in {@code language.txt}. */
class LanguageTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));

    /** The files to check, as globs below the root. */
    private static final List<String> CHECKED = List.of(
            "*.md",
            "NOTICE",
            "docs/**.md",
            ".ci/run",
            ".github/**",
            "{,**/}pom.xml",
            "{client,codegen,cli,emulator,runtime,testkit}/src/main/**.java",
            "{integrations,samples}/*/src/main/**.java",
            "codegen/src/main/resources/**.mustache",
            "api-spec/{defender-endpoint,defender-xdr,graph-security}/**.yaml");

    /** Generated from the descriptions. */
    private static final Set<String> EXCLUDED = Set.of("docs/operations.md");

    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", "target");

    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//[^\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern CODE = Pattern.compile("[^\\n]");

    private static PhraseList phrases() throws IOException {
        return PhraseList.read(new String(
                LanguageTest.class.getResourceAsStream("language.txt").readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldBePlainEnglish() throws IOException {
        PhraseList phrases = phrases();
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(ROOT.resolve(file));
            for (PhraseList.Hit hit : phrases.findIn(file.toString().endsWith(".java") ? prose(text) : text)) {
                found.add(file + ":" + hit);
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void shouldFindFilesForEveryGlob() throws IOException {
        List<Path> files = files();

        assertThat(CHECKED).allSatisfy(glob -> assertThat(files).anyMatch(matcher(glob)::matches));
    }

    /** Returns the files to check, relative to the root. */
    private static List<Path> files() throws IOException {
        List<PathMatcher> checked = CHECKED.stream().map(LanguageTest::matcher).toList();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = ROOT.relativize(file);
                if (!EXCLUDED.contains(relative.toString())
                        && checked.stream().anyMatch(glob -> glob.matches(relative))) {
                    files.add(relative);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Returns Java source without its code, so that only comments and string literals are left. */
    private static String prose(String source) {
        StringBuilder prose = new StringBuilder();
        Matcher token = TOKEN.matcher(source);
        int from = 0;
        while (token.find()) {
            prose.append(CODE.matcher(source.substring(from, token.start())).replaceAll("_"))
                    .append(token.group());
            from = token.end();
        }
        return prose.append(CODE.matcher(source.substring(from)).replaceAll("_"))
                .toString();
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    @Test
    void shouldLeaveTheCodeOut() throws IOException {
        String source = "Answer nobody = ask(\"an answer\"); // nobody\n";

        assertThat(phrases().findIn(prose(source)))
                .extracting(PhraseList.Hit::text)
                .containsExactlyInAnyOrder("answer", "nobody");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("Waits for\n * ever.", 1),
                arguments("one\ntwo\nthree is no list", 3),
                arguments("/** Who hears of it. */", 1));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldFindAPhraseWithItsLine(String text, int line) throws IOException {
        assertThat(phrases().findIn(text)).extracting(PhraseList.Hit::line).containsExactly(line);
    }

    @Test
    void shouldAllowTechnicalUses() throws IOException {
        assertThat(phrases().findIn("A client behind a proxy. There is no limit. It is no longer valid."))
                .isEmpty();
    }
}
