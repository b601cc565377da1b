package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads exports of the service logic to their end. */
final class Exports {

    private final ServiceCaller caller;

    Exports(ServiceCaller caller) {
        this.caller = caller;
    }

    /** The records of all pages. */
    List<JsonNode> pages(String target) {
        List<JsonNode> records = new ArrayList<>();
        String next = target;
        while (next != null) {
            ServiceCaller.Answer answer = caller.get(next);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json().get("value").forEach(records::add);
            next = nextOf(answer);
        }
        return records;
    }

    /** The next link without its host; null when there is none. */
    static @Nullable String nextOf(ServiceCaller.Answer answer) {
        JsonNode link = answer.json().get("@odata.nextLink");
        return link == null ? null : target(link.asText());
    }

    static String target(String link) {
        assertThat(link).startsWith(ServiceCaller.ROOT);
        return link.substring(ServiceCaller.ROOT.length());
    }

    List<String> links(String target) {
        ServiceCaller.Answer answer = caller.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> links = new ArrayList<>();
        answer.json().get("exportFiles").forEach(link -> links.add(link.asText()));
        return links;
    }

    /** Downloads without a token. */
    ServiceCaller.Answer download(String link) {
        return caller.call("GET", target(link), "", Map.of());
    }

    /** The records of all files. */
    List<JsonNode> files(String target) {
        List<JsonNode> records = new ArrayList<>();
        for (String link : links(target)) {
            ServiceCaller.Answer file = download(link);
            assertThat(file.status()).as(link).isEqualTo(200);
            List<JsonNode> lines =
                    gunzip(file.body()).lines().map(EmulatorClient::json).toList();
            assertThat(lines).as(link).isNotEmpty();
            records.addAll(lines);
        }
        return records;
    }

    static String gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
