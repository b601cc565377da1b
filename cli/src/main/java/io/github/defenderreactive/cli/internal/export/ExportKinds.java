package io.github.defenderreactive.cli.internal.export;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.runtime.operation.FileExport;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of the exports on the command line, such as {@code browser-extensions}. */
final class ExportKinds implements Iterable<String> {

    private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");

    ExportKinds() {}

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private static List<String> names() {
        return FileExports.all().stream().map(ExportKinds::name).toList();
    }

    private static String name(FileExport<?> export) {
        return CAPITAL.matcher(export.name()).replaceAll("-$0").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the export of a name.
     *
     * @throws UsageException if there is none
     */
    static FileExport<?> of(String name) {
        return FileExports.all().stream()
                .filter(export -> name(export).equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "KIND must be one of " + String.join(", ", names()) + ", was '" + name + "'"));
    }
}
