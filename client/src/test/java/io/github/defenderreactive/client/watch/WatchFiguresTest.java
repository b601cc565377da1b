package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers with mistakes make of the simulated histories, and that the documentation prints just that. */
class WatchFiguresTest {

    private static final long HISTORIES = 100;
    private static final Path PAGE = Path.of(System.getProperty("defender.root"), "docs/watch.md");

    private static List<Ledger.Counts> over(LongFunction<Ledger.Counts> reader) {
        return LongStream.range(0, HISTORIES).mapToObj(reader).toList();
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

    private static void assertPrinted(List<String> table) throws IOException {
        String text = String.join("\n", table) + "\n\n";
        System.out.print(text);
        assertThat(Files.readString(PAGE)).contains(text);
    }
}
