package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of 64 MB: what does not fit ends in an error, whatever it is, and the next call goes on. */
class SmallHeapTest {

    private static final String TOO_LARGE = "DecodeException <- JsonException";
    private static final String OUT_OF_MEMORY = "JvmErrorException <- OutOfMemoryError";

    @TempDir
    Path folder;

    @Test
    void shouldLeaveNobodyWaitingWhenMemoryRunsOut() throws Exception {
        sparseFile("watchOfALargeFile", 1_500_000_000);
        fileOfVersions("watchOfManyVersions", 400_000);
        Path err = folder.resolve("err");
        Path out = folder.resolve("out");
        try (HugeResponses service = new HugeResponses()) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeapProgram.class.getName(),
                            service.url(),
                            folder.toString())
                    .redirectError(err.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(9, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended)
                    .as("%s%s", Files.readString(out), Files.readString(err))
                    .isTrue();
        }

        Map<String, String> outcomes = outcomes(out);
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("longTitle", "0 " + TOO_LARGE);
        expected.put("sixLongTitles", "0 " + TOO_LARGE);
        expected.put("sixTitlesThatFit", "6 complete");
        expected.put("manyRows", "50000 complete");
        expected.put("longLink", "1 " + TOO_LARGE);
        expected.put("largeEnvelope", "0 " + TOO_LARGE);
        expected.put("manyMembers", "0 " + TOO_LARGE);
        expected.put("manyElements", "0 " + TOO_LARGE);
        expected.put("longNumber", "1 complete");
        expected.put("largeEntity", "0 " + OUT_OF_MEMORY);
        expected.put("watchOfALongTitle", "0 complete");
        expected.put("watchOfALargeFile", "0 CursorStoreException");
        expected.put("watchOfManyVersions", "0 " + OUT_OF_MEMORY);
        // Whether the watch, an acknowledgement or the JVM notices first that there is too much to remember depends on
        // what else is there.
        outcomes.computeIfPresent(
                "longWatch",
                (name, outcome) -> outcome.replaceFirst(
                        "^\\d+ (WatchException <- (IllegalStateException|" + OUT_OF_MEMORY + ")|" + OUT_OF_MEMORY
                                + ")$",
                        "WatchException"));
        expected.put("longWatch", "WatchException");
        assertThat(outcomes).as(Files.readString(err)).isEqualTo(expected);
    }

    private static Map<String, String> outcomes(Path out) throws IOException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).endsWith("end");
        for (String line : lines.subList(0, lines.size() - 1)) {
            int colon = line.indexOf(": ");
            outcomes.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return outcomes;
    }

    private void sparseFile(String name, long bytes) throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}), bytes - 1);
        }
    }

    private void fileOfVersions(String name, int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String text = "seen 2026-01-01T00:00:00Z da" + i;
            CRC32 sum = new CRC32();
            sum.update(text.getBytes(StandardCharsets.UTF_8));
            lines.append(String.format("%08x ", sum.getValue())).append(text).append('\n');
        }
        Files.writeString(folder.resolve(name), lines);
    }
}
