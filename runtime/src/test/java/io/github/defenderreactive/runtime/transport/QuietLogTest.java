package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What failed and was repeated leaves no warning in the log; what failed for good is told by its error alone. */
class QuietLogTest {

    @Test
    void shouldWarnOfNoFailureOfAConnection() throws Exception {
        try (FaultServer server = FaultServer.start();
                FaultServer uploads = FaultServer.start();
                FaultServer untrusted = FaultServer.startTls()) {
            server.answer(Answer.status(200).body("content"));
            server.enqueue(
                    Answer.nothing(Ending.RESET),
                    Answer.nothing(Ending.CLOSE),
                    Answer.nothing(Ending.HALF_CLOSE),
                    Answer.nothing(Ending.RESET).raw("HTTP/1.1 2"),
                    Answer.nothing(Ending.CLOSE).raw("HTTP/1.1 103 -\r\n\r\n"),
                    Answer.nothing(Ending.KEEP).raw("HTTP/1.1 101 -\r\n\r\n"),
                    Answer.nothing(Ending.KEEP).raw("no HTTP\r\n\r\n"),
                    Answer.nothing(Ending.KEEP).raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"),
                    Answer.nothing(Ending.KEEP).raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ng\r\n"),
                    Answer.status(200).body("x".repeat(100_000)).breakAfter(50_000, Ending.RESET),
                    Answer.status(200).body("x".repeat(100_000)).breakAfter(50_000, Ending.CLOSE),
                    Answer.status(503));
            uploads.answerHead(Answer.nothing(Ending.RESET));
            int nobody;
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                nobody = closed.getLocalPort();
            }

            String output = run(
                    server.uri("/file").toString(),
                    uploads.uri("/upload").toString(),
                    untrusted.uri("/").toString(),
                    "http://localhost:" + nobody + "/",
                    "https://localhost:" + nobody + "/");

            assertThat(server.requests()).hasSize(13);
            // of the JVM, for the agents of tests and the native libraries of Netty
            assertThat(output.replaceAll("(?m)^(OpenJDK|WARNING:) .*\n", "")).isEqualToIgnoringNewLines("done");
        }
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.log.reactor.netty.http.client.HttpClientConnect=info",
                FailingProcess.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
