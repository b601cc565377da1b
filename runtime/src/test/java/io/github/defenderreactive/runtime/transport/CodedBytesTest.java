package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Coded bytes that hold no content are read up to a bound, and not as long as they come. */
class CodedBytesTest {

    private static final int ENDLESS = 32 << 20;
    private static final long BOUND = 4 << 20;

    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        transport = ReactorNettyTransport.create();
    }

    @AfterEach
    void stop() {
        transport.closeNow().block(PATIENCE);
        server.close();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream coding = new GZIPOutputStream(out)) {
            coding.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private void shouldBeRefused() {
        StepVerifier.create(transport
                        .exchange(get(server.uri("/")), (head, body) -> body)
                        .then())
                .expectError(DecodeException.class)
                .verify(PATIENCE);
        assertThat(server.acceptedBytes()).isLessThan(BOUND);
    }

    @Test
    void shouldRefuseEndlessZeroBytesBehindAMember() throws Exception {
        byte[] member = gzip("content");
        server.answer(Answer.status(200)
                .header("Content-Encoding", "gzip")
                .body(Arrays.copyOf(member, member.length + ENDLESS)));
        shouldBeRefused();
    }

    @Test
    void shouldRefuseEndlessMembersThatHoldNothing() throws Exception {
        byte[] member = gzip("");
        byte[] many = new byte[member.length * 1_000];
        for (int i = 0; i < many.length; i += member.length) {
            System.arraycopy(member, 0, many, i, member.length);
        }
        server.answer(Answer.status(200).header("Content-Encoding", "gzip").repeated(many, ENDLESS / many.length));
        shouldBeRefused();
    }
}
