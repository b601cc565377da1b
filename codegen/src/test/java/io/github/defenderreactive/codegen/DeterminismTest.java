package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.reference.ReferenceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {

    private static final String HEADER = "// Generated from Harbour 1.0; do not edit.";

    @TempDir
    Path workspace;

    @Test
    void shouldWriteTheSameInEveryFolderLocaleAndTimeZone() throws IOException {
        Map<String, String> here = run(workspace.resolve("here"), Locale.ROOT, "UTC");
        Map<String, String> turkish =
                run(workspace.resolve("there").resolve("deep"), new Locale("tr", "TR"), "Asia/Tokyo");
        Map<String, String> thai =
                run(workspace.resolve("else"), Locale.forLanguageTag("th-TH-u-nu-thai"), "America/St_Johns");

        assertThat(here).hasSizeGreaterThan(20).isEqualTo(turkish).isEqualTo(thai);
    }

    @Test
    void shouldWriteLineFeedsOnlyAndNoPlaceOfThisMachine() throws IOException {
        Map<String, String> files = run(workspace, Locale.ROOT, "UTC");

        assertThat(files.values())
                .allSatisfy(text -> assertThat(text)
                        .startsWith(HEADER + "\n")
                        .endsWith("\n")
                        .doesNotContain("\r")
                        .doesNotContain(workspace.toString()));
    }

    private static Map<String, String> run(Path folder, Locale locale, String zone) throws IOException {
        Locale usualLocale = Locale.getDefault();
        TimeZone usualZone = TimeZone.getDefault();
        try {
            Locale.setDefault(locale);
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            ObjectNode bundle = Nasty.bundle();
            Nasty.generate(bundle, folder);
            Map<String, String> files = Nasty.javaFiles(Nasty.output(folder));
            files.put("bundle.yaml", HEADER + "\n" + BundleText.yaml(bundle));
            files.put("bundle.json", HEADER + "\n" + BundleText.json(bundle));
            files.put("operations.md", HEADER + "\n" + ReferenceText.of(List.of(bundle)));
            return files;
        } finally {
            Locale.setDefault(usualLocale);
            TimeZone.setDefault(usualZone);
        }
    }
}
