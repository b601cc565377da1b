package io.github.defenderreactive.cli.internal.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final String ITEM =
            "{\"id\":\"m1\",\"os\":\"Windows11\",\"age\":3,\"none\":null,\"blank\":\" \",\"tags\":[\"a\",\"b\"],"
                    + "\"evidence\":[{\"type\":\"Url\"},{\"type\":\"File\",\"sha1\":\"0a\"}]}";

    private static Optional<String> value(String reference, String item) {
        return Reference.parse(reference).in(JsonValue.of(item).toJava());
    }

    @Test
    void shouldFollowMembersAndLists() {
        assertThat(value("listX.id", ITEM)).contains("m1");
        assertThat(value("listX.age", ITEM)).contains("3");
        assertThat(value("listX.tags", ITEM)).contains("a");
        assertThat(value("listX.evidence.sha1", ITEM)).contains("0a");
        assertThat(value("listX", "\"text\"")).contains("text");
    }

    @Test
    void shouldFindNothingIfTheValueIsAbsent() {
        assertThat(value("listX.none", ITEM)).isEmpty();
        assertThat(value("listX.blank", ITEM)).isEmpty();
        assertThat(value("listX.other", ITEM)).isEmpty();
        assertThat(value("listX.evidence", ITEM)).isEmpty();
        assertThat(value("listX.id.deeper", ITEM)).isEmpty();
    }

    @Test
    void shouldEvaluateConditions() {
        assertThat(value("listX[os^=Windows].id", ITEM)).contains("m1");
        assertThat(value("listX[os=Windows].id", ITEM)).isEmpty();
        assertThat(value("listX[evidence.type=File][age=3].id", ITEM)).contains("m1");
        assertThat(value("listX[evidence.type=File][age=4].id", ITEM)).isEmpty();
    }

    @Test
    void shouldRejectInvalidReferences() {
        assertThatThrownBy(() -> Reference.parse("listX[id")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reference.parse("listX[id].a")).isInstanceOf(IllegalArgumentException.class);
    }
}
