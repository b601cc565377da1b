package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadLinksTest {

    private static List<String> links(String json) {
        return DownloadLinks.in(JsonValue.of(json));
    }

    @Test
    void shouldFindTheLinksOfAResponse() {
        assertThat(links("{\"value\":\"https://quay.example/a?sig=1\"}"))
                .containsExactly("https://quay.example/a?sig=1");
        assertThat(
                        links(
                                "{\"exportFiles\":[\"https://quay.example/1\",\"https://quay.example/2\"],\"generatedTime\":\"x\"}"))
                .containsExactly("https://quay.example/1", "https://quay.example/2");
    }

    @Test
    void shouldFindNoLinkInOtherResponses() {
        assertThat(links("{\"value\":null,\"exportFiles\":[]}")).isEmpty();
        assertThat(links("{\"id\":\"https://quay.example/a\"}")).isEmpty();
        assertThat(links("7")).isEmpty();
    }
}
