package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Files in gzip, decompressed while they arrive over a real connection. */
class UnpackedDownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FaultServer server;
    private ReactorNettyTransport transport;
    private Downloads downloads;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        transport = ReactorNettyTransport.create();
        downloads = Downloads.over(
                transport, RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    private static byte[] gzip(byte[]... members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(byte[] content) {
        server.answer(Answer.status(200).header("x-ms-blob-type", "BlockBlob").body(content));
    }

    private String link() {
        return server.uri("/file.gz?sig=x").toString();
    }

    private String text(Downloads from) {
        return Objects.requireNonNull(from.unpacked(link())
                .collect(StringBuilder::new, (all, piece) -> all.append(StandardCharsets.UTF_8.decode(piece)))
                .map(StringBuilder::toString)
                .block(PATIENCE));
    }

    @Test
    void shouldUnpackSeveralMembers() {
        send(gzip(bytes("first "), bytes(""), bytes("second")));

        assertThat(text(downloads)).isEqualTo("first second");
    }

    @Test
    void shouldDistinguishNothingFromAFileWithoutAByte() {
        send(gzip(bytes("")));
        StepVerifier.create(downloads.unpacked(link()).map(ByteBuffer::remaining))
                .expectNext(0)
                .expectComplete()
                .verify(PATIENCE);

        send(new byte[0]);
        StepVerifier.create(downloads.allowEmpty().unpacked(link()))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(downloads.unpacked(link()))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldRejectContentThatEndsTooEarlyOrIsDamaged() {
        byte[] whole = gzip(bytes("text ".repeat(1_000)));

        send(Arrays.copyOf(whole, whole.length - 4));
        StepVerifier.create(downloads.unpacked(link()))
                .thenConsumeWhile(piece -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("truncated after " + (whole.length - 4) + " bytes"))
                .verify(PATIENCE);

        whole[whole.length - 6] ^= 1;
        send(whole);
        StepVerifier.create(downloads.unpacked(link()))
                .thenConsumeWhile(piece -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("checksum or length differs"))
                .verify(PATIENCE);
    }

    /** Only what is demanded is received and decompressed, and cancelling closes the connection. */
    @Test
    void shouldUnpackAsMuchAsIsDemanded() {
        byte[] content = new byte[16 << 20];
        new Random(7).nextBytes(content);
        send(gzip(content));

        StepVerifier.create(downloads.unpacked(link()), 0)
                .expectSubscription()
                .thenRequest(3)
                .expectNextMatches(piece -> piece.remaining() <= 32 << 10)
                .expectNextCount(2)
                .thenCancel()
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }
}
