package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogSecrecyTest {

    @Test
    void shouldShowNeitherTokenNorSignatureAtTheLoudestLevel() throws Exception {
        String output;
        try (FaultServer server = FaultServer.start()) {
            server.answer(request -> request.uri().startsWith("/broken")
                    ? Answer.json("{}").breakAfter(1, Answer.Ending.RESET)
                    : Answer.json("{}"));
            output = run(
                    server.uri("/file?sv=1&sig=s1gnature%2B").toString(),
                    "t0ken-of-the-test",
                    server.uri("/broken?sig=s1gnature%2B").toString());

            assertThat(server.requests())
                    .extracting(FaultServer.Request::uri)
                    .containsExactly(
                            "/file?sv=1&sig=s1gnature%2B",
                            "/file?sv=1&sig=s1gnature%2B", "/file?sv=1&sig=s1gnature%2B", "/broken?sig=s1gnature%2B");
        }

        assertThat(output).contains("done", "reactor.netty", "DEBUG", "/file");
        assertThat(output).doesNotContain("s1gnature", "t0ken-of-the-test");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        LoudProcess.class.getName(),
                        arguments[0],
                        arguments[1],
                        arguments[2])
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
