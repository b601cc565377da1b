package io.github.defenderreactive.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Millions of alerts through a small JVM with faults in two calls of seven: no alert is lost, memory does not grow and
 * no connection is left. The emulator runs in this JVM, the clients in another.
 */
@Tag("slow")
class SoakTest {

    private static final int ALERTS = 250_000;
    private static final long TOTAL_ALERTS = Long.getLong("defender.soak.alerts", 5_000_000);
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    /** More calls than the time allows. */
    private static final int MAX_CALLS = 50_000;

    /** Additional time for the last read, the last poll and idle connections. */
    private static final Duration TOTAL_TIMEOUT = TIMEOUT.plusMinutes(10);

    /** Longer than the idle timeout of a client, so that any remaining connection is a leak. */
    private static final Duration IDLE = Duration.ofSeconds(90);

    /**
     * A tenth of the heap of 64 MB. There are three fifths of all alerts between the medians, 3 million by default, so
     * that a leak of two bytes per alert is detected.
     */
    private static final long TOLERANCE_KIB = 6 * 1024;

    @TempDir
    Path folder;

    private final List<Sample> samples = new ArrayList<>();
    private final List<CompleteRead> reads = new ArrayList<>();

    @Test
    void shouldReadMillionsOfAlertsInLittleMemory() {
        assertTimeoutPreemptively(TOTAL_TIMEOUT, this::soak);
    }

    private void soak() throws IOException, InterruptedException {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(ALERTS).start();
                SoakProcess process = SoakProcess.start(emulator, folder, TOTAL_ALERTS, TIMEOUT)) {
            new FaultSchedule(7).into(emulator.faults(), MAX_CALLS);
            AtomicInteger changes = new AtomicInteger();
            await(process, emulator, Sample::is);
            Disposable changing =
                    Flux.interval(Duration.ofSeconds(1)).subscribe(tick -> change(emulator, changes.getAndIncrement()));
            await(process, emulator, line -> line.startsWith("enough"));
            changing.dispose();
            int faults = emulator.faults().fired();
            await(process, emulator, line -> Sample.is(line) && last(samples).watched() == changes.get());
            process.goOn();
            await(process, emulator, "idle"::equals);
            Awaitility.await().atMost(IDLE).until(() -> emulator.openConnections() == 0);
            assertThat(emulator.journal().idle()).isTrue();
            process.goOn();
            assertThat(process.exitCode()).isZero();

            System.out.printf(
                    "%d alerts in %d reads, %d faults, %d changes watched%n",
                    last(samples).items(), reads.size(), faults, changes.get());
            assertThat(process.err()).isEmpty();
            long sum = sumOfAll(emulator);
            assertThat(reads).allSatisfy(read -> {
                assertThat(read.items()).isEqualTo(ALERTS);
                assertThat(read.sum()).isEqualTo(sum);
            });
            assertThat(faults).isGreaterThan(reads.size());
            shouldKeepMemoryConstant("heap", Sample::heapKib);
            shouldKeepMemoryConstant("direct memory", Sample::directKib);
        }
    }

    /** Changes another alert each time, so that none is changed twice between two polls. */
    private static void change(DefenderEmulator emulator, int number) {
        emulator.tenant()
                .alerts()
                .update(emulator.tenant().alertId(number * 97L % ALERTS), Map.of("status", "InProgress"));
    }

    /** Records and prints the output of the program up to a line, inclusively. */
    private void await(SoakProcess process, DefenderEmulator emulator, Predicate<String> end) throws IOException {
        String line;
        do {
            line = process.line();
            if (Sample.is(line)) {
                samples.add(Sample.parse(line));
                System.out.println(line + ", " + emulator.openConnections() + " connections");
            } else {
                System.out.println(line);
            }
            if (CompleteRead.is(line)) {
                reads.add(CompleteRead.parse(line));
            }
        } while (!end.test(line));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static long sumOfAll(DefenderEmulator emulator) {
        return LongStream.range(0, ALERTS)
                .map(index -> CompleteRead.hash(emulator.tenant().alertId(index)))
                .sum();
    }

    /** Skips the first fifth, in which compiled code, pools and caches grow. */
    private void shouldKeepMemoryConstant(String what, ToLongFunction<Sample> amount) {
        int fifth = samples.size() / 5;
        assertThat(fifth).as("samples").isPositive();
        long early = median(samples.subList(fifth, 2 * fifth), amount);
        long late = median(samples.subList(samples.size() - fifth, samples.size()), amount);
        System.out.printf("%s: %d KiB early, %d KiB late%n", what, early, late);
        assertThat(late).as(what).isLessThanOrEqualTo(early + TOLERANCE_KIB);
    }

    private static long median(List<Sample> of, ToLongFunction<Sample> amount) {
        long[] sorted = of.stream().mapToLong(amount).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
