package io.github.defenderreactive.codegen.internal.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

    @ParameterizedTest
    @CsvSource({
        "id, id",
        "Comment, comment",
        "IsolationType, isolationType",
        "@odata.nextLink, nextLink",
        "$top, top",
        "aadDeviceId, aadDeviceId",
        "AVStatus, avStatus",
        "OSPlatform, osPlatform",
        "ID, id",
        "SHA1, sha1",
        "sha256, sha256",
        "x-odd name, xOddName",
        "script_name, scriptName",
        "class, class_",
        "1st, _1st",
        "$, __",
        "naïve, naïve"
    })
    void shouldNameMembers(String wire, String java) {
        assertThat(JavaNames.member(wire)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({
        "MultiStagedAttack, MULTI_STAGED_ATTACK",
        "listAlerts, LIST_ALERTS",
        "32-bit, _32_BIT",
        "N/A, N_A",
        "Windows10, WINDOWS10",
        "IPv6Address, I_PV6_ADDRESS",
        "URLFilter, URL_FILTER",
        "AV, AV",
        "'', EMPTY",
        "+, SYMBOL_002B",
        "++, SYMBOL_002B_002B",
        "in progress, IN_PROGRESS"
    })
    void shouldNameConstants(String wire, String java) {
        assertThat(JavaNames.constant(wire)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"Alert, Alert", "machine-actions, MachineActions", "alerts, Alerts", "IPAddress, IPAddress", "1st, _1st"
    })
    void shouldNameTypes(String wire, String java) {
        assertThat(JavaNames.type(wire)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"toString, toString_", "name, name"})
    void shouldStepAsideForTakenNames(String name, String free) {
        assertThat(JavaNames.free(name, Set.of("toString"))).isEqualTo(free);
    }
}
