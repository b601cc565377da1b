package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportException;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.export.Placed;
import io.github.defenderreactive.client.export.UnreadableLine;
import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Files of exports byte by byte, and links, from a server that sends what a test gives it. */
class ExportContentTest {

    private FaultServer server;
    private DefenderClient client;
    private volatile String links;
    private volatile byte[] content = {};

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        links = "\"" + server.uri("/store/a.json.gz?sig=secret") + "\"";
        server.answer(Loopback.service(request -> {
            if (request.uri().startsWith("/store/")) {
                return Answer.status(200).header("x-ms-blob-type", "BlockBlob").body(content);
            }
            return Answer.json("{\"exportFiles\":[" + links + "],\"generatedTime\":\"2026-11-20T11:01:00Z\"}");
        }));
        client = Loopback.builder(server).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private ExportFlux<AssetSoftware> software() {
        return client.exports().read(FileExports.SOFTWARE);
    }

    private static <T> List<T> all(Flux<T> stream) {
        return Objects.requireNonNull(stream.collectList().block(Clients.PATIENCE));
    }

    private static byte[] gzip(String... members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldReadSeveralMembersAndEveryLineEnd() {
        content = gzip(
                "{\"deviceId\":\"1\"}\n{\"DeviceId\":\"2\"}\r\n\n  \r\n{\"device", "Id\":\"3\"}\n{\"deviceId\":\"ü\"}");

        List<Placed<AssetSoftware>> records = all(software().withPlaces());

        assertThat(records).extracting(record -> record.record().deviceId()).containsExactly("1", "2", "3", "ü");
        assertThat(records).extracting(Placed::line).containsExactly(1L, 2L, 5L, 6L);
        assertThat(records).extracting(Placed::last).containsExactly(false, false, false, true);
        assertThat(records).extracting(Placed::file).containsOnly("/store/a.json.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "   "})
    void shouldReadAFileWithoutRecords(String text) {
        content = gzip(text);

        assertThat(all(software())).isEmpty();
        assertThat(server.requests())
                .filteredOn(request -> request.uri().contains("Export"))
                .as("its links are not requested again, because it is not a file without a byte")
                .hasSize(1);
    }

    @Test
    void shouldReadAnExportWithoutFiles() {
        links = "";

        assertThat(all(software())).isEmpty();
    }

    @Test
    void shouldNameFileLineAndReasonOfALineThatIsNotARecord() {
        content = gzip("{\"deviceId\":\"1\"}\n{\"deviceId\":}\n{\"deviceId\":\"3\"}\n");

        StepVerifier.create(software().withPlaces())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodeException.class)
                        .hasMessageContaining("Line 2 of /store/a.json.gz is not a record")
                        .hasMessageContaining("byte 12")
                        .hasMessageNotContaining("secret"))
                .verify(Clients.PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "\"text\"", "null", "{} {}", "{\"deviceId\":\"2\""})
    void shouldReportALineThatIsNotARecordIfWanted(String line) {
        content = gzip("{\"deviceId\":\"1\"}\n" + line + "\n{\"deviceId\":\"3\"}\n" + line);
        List<UnreadableLine> reported = new ArrayList<>();

        assertThat(all(software().onUnreadable(reported::add).withPlaces()))
                .extracting(Placed::line)
                .containsExactly(1L, 3L);
        assertThat(reported).extracting(UnreadableLine::line).containsExactly(2L, 4L);
    }

    @Test
    void shouldRejectALineWithoutEnd() {
        content = gzip("{\"deviceId\":\"1\"}\n{\"deviceId\":\"" + "x".repeat(5 << 20) + "\"}\n{}\n");
        List<UnreadableLine> reported = new ArrayList<>();

        assertThat(all(software().onUnreadable(reported::add))).hasSize(2);
        assertThat(reported)
                .singleElement()
                .satisfies(line -> assertThat(line.failure()).hasMessageContaining("longer than 4194304 bytes"));
    }

    @Test
    void shouldFailIfTheContentStaysDamaged() {
        content = "{\"deviceId\":\"not in gzip\"}".getBytes(StandardCharsets.UTF_8);

        StepVerifier.create(software())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("not a gzip header"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldNeverSendTheTokenToTheStorage() {
        content = gzip("{}\n");

        assertThat(all(software())).hasSize(1);
        assertThat(server.requests())
                .filteredOn(request -> request.uri().startsWith("/store/"))
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.headers().keySet())
                        .noneMatch(name -> name.equalsIgnoreCase("authorization")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://storage.example/a.json.gz?sig=secret",
                "https://blob.core.windows.net.example/a.json.gz?sig=secret",
                "https://xblob.core.windows.net/a.json.gz?sig=secret",
                "https://a@evil.blob.core.windows.net/a.json.gz?sig=secret",
                "https://storage.example\\\\@a.blob.core.windows.net/a.json.gz?sig=secret",
                "https://storage.example#.blob.core.windows.net/a.json.gz?sig=secret",
                "http://a.blob.core.windows.net/a.json.gz?sig=secret",
                "ftp://a.blob.core.windows.net/a.json.gz?sig=secret",
                "/a.json.gz?sig=secret",
                "https://localhost.storage.example/a.json.gz?sig=secret"
            })
    void shouldFollowNoLinkToAnotherHost(String link) {
        links = "\"" + link + "\"";

        StepVerifier.create(software())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining("A link to a file was not followed")
                        .hasMessageNotContaining("secret"))
                .verify(Clients.PATIENCE);
        assertThat(server.requests()).noneMatch(request -> request.uri().startsWith("/store/"));
    }

    @Test
    void shouldRejectDomainsAndNumbersThatAreNotValid() {
        assertThatIllegalArgumentException().isThrownBy(() -> software().allowHosts("*"));
        assertThatIllegalArgumentException().isThrownBy(() -> software().allowHosts(""));
        assertThatIllegalArgumentException().isThrownBy(() -> software().allowHosts("a.example/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> software().concurrency(0));
        assertThatIllegalArgumentException().isThrownBy(() -> software().concurrency(65));
    }
}
