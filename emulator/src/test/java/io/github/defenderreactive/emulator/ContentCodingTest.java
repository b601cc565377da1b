package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.http.ContentCoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** Coded bodies decode to the plain one. */
class ContentCodingTest {

    private static ServiceCaller caller(ContentCoding coding) {
        return ServiceCaller.of(DefenderEmulator.builder().size(200).encoding(coding));
    }

    private static byte[] plain() {
        return caller(ContentCoding.IDENTITY).get("/api/alerts").body();
    }

    private static void decodes(ServiceCaller.Answer answer, String coding, InputStream decoder) throws IOException {
        assertThat(answer.headers()).containsEntry("Content-Encoding", coding);
        assertThat(answer.body()).hasSizeLessThan(plain().length / 3);
        assertThat(decoder.readAllBytes()).isEqualTo(plain());
    }

    @Test
    void shouldAnswerRawDeflateToACallerThatOffersDeflate() throws IOException {
        ServiceCaller.Answer answer = caller(ContentCoding.NEGOTIATED)
                .header("Accept-Encoding", "gzip, deflate")
                .get("/api/alerts");

        decodes(
                answer,
                "deflate",
                new InflaterInputStream(new ByteArrayInputStream(answer.body()), new Inflater(true)));
    }

    @Test
    void shouldNotCodeForACallerThatOffersOnlyGzip() {
        ServiceCaller.Answer answer = caller(ContentCoding.NEGOTIATED)
                .header("Accept-Encoding", "gzip")
                .get("/api/alerts");

        assertThat(answer.headers()).doesNotContainKey("Content-Encoding");
        assertThat(answer.body()).isEqualTo(plain());
    }

    @Test
    void shouldForceACoding() throws IOException {
        ServiceCaller.Answer gzip = caller(ContentCoding.GZIP).get("/api/alerts");
        ServiceCaller.Answer raw = caller(ContentCoding.DEFLATE_RAW).get("/api/alerts");
        ServiceCaller.Answer zlib = caller(ContentCoding.DEFLATE_ZLIB).get("/api/alerts");

        decodes(gzip, "gzip", new GZIPInputStream(new ByteArrayInputStream(gzip.body())));
        decodes(raw, "deflate", new InflaterInputStream(new ByteArrayInputStream(raw.body()), new Inflater(true)));
        decodes(zlib, "deflate", new InflaterInputStream(new ByteArrayInputStream(zlib.body())));
    }
}
