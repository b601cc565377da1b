package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers with mistakes make of the simulated histories, and that the documentation prints just that. */
class WatchFiguresTest {

    private static final long HISTORIES = 100;
    private static final Path PAGE = Path.of(System.getProperty("defender.root"), "docs/watch.md");

    private static List<Ledger.Counts> over(LongFunction<Ledger.Counts> reader) {
        return LongStream.range(0, HISTORIES).mapToObj(reader).toList();
    }

    private static int sum(List<Ledger.Counts> runs, ToIntFunction<Ledger.Counts> count) {
        return runs.stream().mapToInt(count).sum();
    }

    private static long losing(List<Ledger.Counts> runs) {
        return runs.stream().filter(run -> run.lost() > 0).count();
    }

    /** Histories in which something came again that was acknowledged, or that the same process had. */
    private static long repeating(List<Ledger.Counts> runs) {
        return runs.stream()
                .filter(run -> run.repeatedInARun() + run.repeatedThoughAcknowledged() + run.repeatedForNoReason() > 0)
                .count();
    }

    @Test
    void shouldFindEveryKnownFlawAndPrintHowOften() throws IOException {
        List<String> table = new ArrayList<>();
        table.add("| Shortcut | Histories of " + HISTORIES + " that lose alerts | that repeat acknowledged ones |");
        table.add("|---|---|---|");
        for (Flaw flaw : Flaw.values()) {
            List<Ledger.Counts> runs =
                    over(seed -> WatchSimulation.run(seed, flaw).counts());
            table.add("| " + flaw.words() + " | " + losing(runs) + " | " + repeating(runs) + " |");
            if (flaw == Flaw.NONE) {
                assertThat(losing(runs) + repeating(runs)).isZero();
            } else {
                assertThat(losing(runs) + repeating(runs)).as(flaw.name()).isPositive();
            }
        }
        assertPrinted(table);
    }

    @Test
    void shouldLoseAndRepeatWithPagesCountedBySkipAndPrintHowMany() throws IOException {
        List<Ledger.Counts> watch =
                over(seed -> WatchSimulation.run(seed, Flaw.NONE).counts());
        List<Ledger.Counts> usual = over(seed -> UsualReader.run(seed, SimulatedTenant.Lateness.SOME));
        List<Ledger.Counts> prompt = over(seed -> UsualReader.run(seed, SimulatedTenant.Lateness.NONE));

        assertThat(sum(watch, Ledger.Counts::lost)).isZero();
        assertThat(sum(watch, Ledger.Counts::repeatedInARun)).isZero();
        for (List<Ledger.Counts> runs : List.of(usual, prompt)) {
            assertThat(sum(runs, Ledger.Counts::lost)).isPositive();
            assertThat(sum(runs, Ledger.Counts::repeatedInARun)).isPositive();
        }
        assertThat(sum(usual, Ledger.Counts::alerts)).isEqualTo(sum(watch, Ledger.Counts::alerts));

        List<List<Ledger.Counts>> readers = List.of(watch, usual, prompt);
        assertPrinted(List.of(
                "| " + HISTORIES + " histories, " + grouped(sum(watch, Ledger.Counts::alerts))
                        + " alerts | watch | `$top` and `$skip` | the same, no alert late |",
                "|---|---|---|---|",
                row("histories that lose alerts", readers, runs -> (int) losing(runs)),
                row("alerts lost", readers, runs -> sum(runs, Ledger.Counts::lost)),
                row("repeated in one run", readers, runs -> sum(runs, Ledger.Counts::repeatedInARun)),
                row("repeated after a kill", readers, runs -> sum(runs, Ledger.Counts::repeatedUnacknowledged))));
    }

    private static String row(
            String what, List<List<Ledger.Counts>> readers, Function<List<Ledger.Counts>, Integer> figure) {
        StringBuilder row = new StringBuilder("| " + what + " |");
        readers.forEach(
                runs -> row.append(" ").append(grouped(figure.apply(runs))).append(" |"));
        return row.toString();
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void assertPrinted(List<String> table) throws IOException {
        String text = String.join("\n", table) + "\n\n";
        System.out.print(text);
        assertThat(Files.readString(PAGE)).contains(text);
    }
}
