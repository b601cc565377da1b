package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JsonLimitsTest {

    @Test
    void shouldKeepEveryValueWhenMutated() {
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(1)
                .entityBytes(2)
                .depth(3)
                .pageBytes(4)
                .itemValues(5)
                .entityValues(6)
                .build();

        assertThat(limits.mutate().build()).isEqualTo(limits).hasSameHashCodeAs(limits);
        assertThat(limits)
                .isNotEqualTo(limits.mutate().entityValues(7).build())
                .hasToString("JsonLimits[itemBytes=1, entityBytes=2, depth=3, pageBytes=4, itemValues=5,"
                        + " entityValues=6]");
        assertThat(JsonLimits.builder().build()).isEqualTo(JsonLimits.DEFAULT);
    }

    @Test
    void shouldRefuseALimitThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonLimits.builder().depth(0))
                .withMessage("depth must be >= 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonLimits.builder().pageBytes(-1))
                .withMessage("pageBytes must be >= 1, was -1");
    }
}
