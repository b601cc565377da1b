package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.description.HeaderNames;
import io.github.defenderreactive.runtime.internal.http.CustomHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeaderNamesTest {

    @Test
    void shouldReserveWhatTheRuntimeSets() {
        Set<String> reserved = new TreeSet<>(HeaderNames.RESERVED);
        // The runtime accepts a cookie that an application sets for all requests.
        assertThat(reserved.remove("cookie")).isTrue();

        assertThat(reserved)
                .allSatisfy(name -> assertThatThrownBy(() -> CustomHeaders.name(name))
                        .hasMessageContaining("is set by the client"));
    }
}
