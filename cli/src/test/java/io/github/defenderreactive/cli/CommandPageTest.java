package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The examples on the page of the command show its output. Lines after {@code ...} are omitted;
 * {@code -Dgolden.update=true} updates the page.
 */
class CommandPageTest {

    private static final Path PAGE = Fixtures.ROOT.resolve("docs/command.md");
    private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ defender (.*)\n([\\s\\S]*?)```");
    private static final String OMITTED = "...\n";
    /** The times of the emulator are relative to the hour of its start; minutes and seconds are constant. */
    private static final Pattern HOUR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}(?=:\\d{2}:\\d{2})");

    @Test
    void shouldShowTheOutputOfTheCommand() throws IOException {
        String page = Files.readString(PAGE);
        String present = EXAMPLE.matcher(page).replaceAll(CommandPageTest::printed);
        if (Boolean.getBoolean("golden.update") && !atAnyHour(page).equals(atAnyHour(present))) {
            Files.writeString(PAGE, present);
        }

        assertThat(EXAMPLE.matcher(page).results()).hasSizeGreaterThan(4);
        assertThat(atAnyHour(Files.readString(PAGE))).isEqualTo(atAnyHour(present));
    }

    private static String atAnyHour(String text) {
        return HOUR.matcher(text).replaceAll("<hour>");
    }

    private static String printed(MatchResult example) {
        CommandLineRun run = CommandLineRun.of(ShellWords.of(example.group(1)).toArray(String[]::new));
        String output = run.out() + run.err();
        String shown = example.group(2);
        if (shown.endsWith(OMITTED)) {
            long lines = Math.max(3, shown.lines().count() - 1);
            output = output.lines().limit(lines).map(line -> line + "\n").collect(Collectors.joining()) + OMITTED;
        }
        return Matcher.quoteReplacement("```console\n$ defender " + example.group(1) + "\n" + output + "```");
    }
}
