package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.copy;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.internal.http.ContentDecoder;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class ContentCodingTest {

    private static final String TEXT = IntStream.range(0, 2_000)
            .mapToObj(i -> "{\"id\":\"da6377" + i * 7919 + "\"}")
            .reduce("", String::concat);

    private final ReactorNettyTransport transport = ReactorNettyTransport.create();
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    static Stream<Arguments> answers() {
        Answer plain = Answer.json(TEXT);
        return Stream.of("identity", "gzip", "zlib", "raw")
                .flatMap(coding -> Stream.of(0, 7, 1000).map(chunk -> {
                    Answer coded = switch (coding) {
                        case "gzip" -> plain.gzip();
                        case "zlib" -> plain.zlib();
                        case "raw" -> plain.rawDeflate();
                        default -> plain.header("Content-Encoding", "identity");
                    };
                    return Arguments.of(coding, chunk, chunk == 0 ? coded : coded.chunked(chunk));
                }));
    }

    @ParameterizedTest(name = "{0}, chunks of {1}")
    @MethodSource("answers")
    void shouldRemoveEveryCoding(String coding, int chunk, Answer answer) {
        server.answer(answer);
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 " + TEXT)
                .expectComplete()
                .verify(PATIENCE);
    }

    static Stream<Answer> smallAnswers() {
        Answer small = Answer.json("{\"value\":[]}");
        return Stream.of(small, small.gzip(), small.zlib(), small.rawDeflate())
                .flatMap(answer -> Stream.of(answer, answer.chunked(1), answer.chunked(2)));
    }

    @ParameterizedTest
    @MethodSource("smallAnswers")
    void shouldRemoveEveryCodingWhenTheBytesComeOneByOne(Answer answer) {
        server.answer(answer.slowly(1, Duration.ofMillis(1)));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 {\"value\":[]}")
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void shouldTakeAnEmptyBodyAsEmpty(String coding) {
        server.answer(Answer.status(200).header("Content-Encoding", coding));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 ")
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip"})
    void shouldRefuseACodingItDidNotAskFor(String coding) {
        server.answer(Answer.json("1").header("Content-Encoding", coding));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining(coding))
                .verify(PATIENCE);
    }

    @Test
    void shouldSayThatACodingIsDamaged() {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        for (String coding : new String[] {"gzip", "deflate"}) {
            server.answer(Answer.status(200).header("Content-Encoding", coding).body(noise));
            StepVerifier.create(text(transport, get(server.uri("/"))))
                    .expectError(DecodeException.class)
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldHandOutABombInSmallPieces() {
        server.answer(Answer.status(200).body(new byte[64 * 1024 * 1024]).gzip());
        List<Integer> sizes = Exchanges.sizes(transport, get(server.uri("/")))
                .take(10)
                .collectList()
                .block(PATIENCE);
        assertThat(sizes).hasSize(10).allMatch(size -> size <= 32 * 1024);
    }

    // ---- the decoders alone: every split of every form -----------------------------------------------------------

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream coding = new GZIPOutputStream(out)) {
            coding.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] content, boolean raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
        try (DeflaterOutputStream coding = new DeflaterOutputStream(out, deflater)) {
            coding.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** A member whose header has every optional part. */
    private static byte[] gzipWithEverything(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
        out.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        out.writeBytes("name\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes("comment\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {0, 0});
        out.writeBytes(deflate(content, true));
        CRC32 crc = new CRC32();
        crc.update(content);
        for (long value : new long[] {crc.getValue(), content.length}) {
            for (int shift = 0; shift < 32; shift += 8) {
                out.write((int) (value >> shift));
            }
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] decode(ContentDecoder decoder, byte[] coded, int split) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer part :
                new ByteBuffer[] {ByteBuffer.wrap(coded, 0, split), ByteBuffer.wrap(coded, split, coded.length - split)
                }) {
            decoder.input(part);
            for (ByteBuffer next = decoder.next(); next != null; next = decoder.next()) {
                out.writeBytes(copy(next));
            }
        }
        return out.toByteArray();
    }

    static Stream<Arguments> forms() {
        byte[] content = "a body of some length, length, length".getBytes(StandardCharsets.UTF_8);
        byte[] twice = join(content, content);
        return Stream.of(
                Arguments.of("gzip", "gzip", gzip(content), content),
                Arguments.of("gzip with every header part", "x-gzip", gzipWithEverything(content), content),
                Arguments.of("two members", "gzip", join(gzip(content), gzip(content)), twice),
                Arguments.of("gzip with padding", "gzip", join(gzip(content), new byte[9]), content),
                Arguments.of("zlib", "deflate", deflate(content, false), content),
                Arguments.of("raw", "Deflate", deflate(content, true), content),
                Arguments.of("raw, empty", "deflate", deflate(new byte[0], true), new byte[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void shouldDecodeAtEverySplit(String name, String coding, byte[] coded, byte[] content) throws Exception {
        for (int split = 0; split <= coded.length; split++) {
            ContentDecoder decoder = ContentDecoder.of(coding);
            assertThat(decode(decoder, coded, split)).as("split at %s", split).isEqualTo(content);
            assertThat(decoder.complete()).as("split at %s", split).isTrue();
            decoder.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void shouldKnowThatItIsCutShort(String name, String coding, byte[] coded, byte[] content) throws Exception {
        int whole = name.equals("two members") ? coded.length / 2 : coded.length - (name.contains("padding") ? 9 : 0);
        for (int length = 1; length < whole; length++) {
            ContentDecoder decoder = ContentDecoder.of(coding);
            decode(decoder, java.util.Arrays.copyOf(coded, length), length / 2);
            assertThat(decoder.complete())
                    .as("%s of %s bytes", length, coded.length)
                    .isFalse();
            decoder.close();
        }
    }

    @Test
    void shouldCheckLengthAndChecksumOfGzip() throws Exception {
        byte[] coded = gzip("content".getBytes(StandardCharsets.UTF_8));
        for (int position = coded.length - 8; position < coded.length; position++) {
            byte[] damaged = coded.clone();
            damaged[position] ^= 1;
            ContentDecoder decoder = ContentDecoder.of("gzip");
            assertThatThrownBy(() -> decode(decoder, damaged, 5)).isInstanceOf(DataFormatException.class);
            decoder.close();
        }
    }
}
