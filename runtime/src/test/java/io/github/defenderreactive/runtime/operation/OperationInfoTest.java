package io.github.defenderreactive.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationInfoTest {

    private static OperationInfo.Builder required() {
        return OperationInfo.builder()
                .api("harbour")
                .id("getShip")
                .tag("ships")
                .method("GET")
                .path("/ships/{id}");
    }

    @Test
    void shouldNeedTheValuesWithoutADefault() {
        assertThatNullPointerException()
                .isThrownBy(() -> OperationInfo.builder().api("harbour").build())
                .withMessage("id");
    }

    @Test
    void shouldHaveDefaults() {
        OperationInfo info = required().build();

        assertThat(info.quota()).isEqualTo(new Quota("getShip", 0, 0));
        assertThat(info.paging()).isEqualTo(Paging.NONE);
        assertThat(info.replaySafety()).isEqualTo(ReplaySafety.UNSAFE);
        assertThat(info.emptyOnNotFound()).isFalse();
        assertThat(info.timeout()).isEqualTo(OperationInfo.DEFAULT_TIMEOUT);
        assertThat(info.permissions()).isEqualTo(new Permissions(List.of(), List.of()));
        assertThat(info.parameters()).isEmpty();
        assertThat(info.filterable()).isEmpty();
        assertThat(info.headers()).isEmpty();
        assertThat(info.maxResponseBytes()).isZero();
        assertThat(info).hasToString("OperationInfo[harbour getShip: GET /ships/{id}]");
    }

    @Test
    void shouldKeepEveryValueWhenMutated() {
        OperationInfo info = required()
                .summary("Gets a ship.")
                .permissions(new Permissions(List.of("Ship.Read.All"), List.of("Ship.Read")))
                .quota(new Quota("reads", 100, 1500))
                .paging(new Paging(Paging.Strategy.NEXT_LINK, 100))
                .replaySafety(ReplaySafety.SAFE)
                .emptyOnNotFound(true)
                .optionalBody(true)
                .timeout(Duration.ofSeconds(7))
                .parameters(List.of(new ParameterInfo("id", ParameterInfo.Location.PATH, true, false, "The id.")))
                .filterable(List.of("id"))
                .sourcePage("get-ship.md")
                .headers(Map.of("Prefer", "late"))
                .maxResponseBytes(7)
                .requestMediaType("text/plain")
                .build();

        assertThat(info.mutate().build()).isEqualTo(info).hasSameHashCodeAs(info);
        assertThat(info.mutate().maxResponseBytes(8).build()).isNotEqualTo(info);
        assertThat(info.mutate().requestMediaType("").build()).isNotEqualTo(info);
    }

    @Test
    void shouldRefuseANegativeSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationInfo.builder().maxResponseBytes(-1))
                .withMessage("maxResponseBytes must be >= 0, was -1");
    }
}
