package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Security baselines: the figures of the profiles are those of the compliance export. */
class BaselinesTest {

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(1_000).clock(new TestClock("2026-11-20T12:30:00Z")));
    private final Exports exports = new Exports(caller);

    @Test
    void shouldCountWhatTheExportShows() {
        Map<String, List<JsonNode>> byProfile =
                exports.pages("/api/machines/BaselineComplianceAssessmentByMachine").stream()
                        .collect(Collectors.groupingBy(
                                record -> record.get("profileId").asText()));

        List<JsonNode> profiles = exports.pages("/api/baselineProfiles");
        assertThat(profiles).hasSizeGreaterThan(byProfile.size());
        for (JsonNode profile : profiles) {
            Map<String, Boolean> complies = byProfile
                    .getOrDefault(profile.get("id").asText(), List.of())
                    .stream()
                    .collect(Collectors.toMap(
                            record -> record.get("deviceId").asText(),
                            record -> record.get("isCompliant").asBoolean(),
                            Boolean::logicalAnd));
            assertThat(profile.get("status").asBoolean()).isEqualTo(!complies.isEmpty());
            assertThat(profile.get("totalDevices").asInt()).isEqualTo(complies.size());
            assertThat(profile.get("passedDevices").asLong())
                    .isEqualTo(complies.values().stream().filter(yes -> yes).count());
            assertThat(profile.get("createdOnTimestampUTC").asText()).isEqualTo("0001-01-01T00:00:00Z");
        }
        assertThat(profiles)
                .anySatisfy(profile -> assertThat(profile.get("passedDevices").asInt())
                        .isBetween(1, profile.get("totalDevices").asInt() - 1));
    }

    @Test
    void shouldFilterProfiles() {
        assertThat(exports.pages("/api/baselineProfiles?$filter=" + ServiceCaller.encode("status eq false")))
                .singleElement()
                .satisfies(profile -> assertThat(profile.get("name").asText()).isEqualTo("Servers to come"));
    }

    @Test
    void shouldListTheConfigurationsOfEveryActiveProfile() {
        List<JsonNode> all = exports.pages("/api/baselineConfigurations");

        assertThat(all.stream().map(row -> row.get("uniqueId").asText()).distinct())
                .hasSameSizeAs(all);
        assertThat(all.stream().map(row -> row.get("id").asText()).distinct().count())
                .isLessThan(all.size());
        assertThat(all).allMatch(row -> row.get("description").asText().startsWith("<p>"));
    }

    @Test
    void shouldFilterByTheOtherSpellingOfCce() {
        assertThat(exports.pages("/api/baselineConfigurations?$filter=" + ServiceCaller.encode("CCE eq 'CCE-9939-1'")))
                .isNotEmpty()
                .allMatch(row -> row.get("id").asText().equals("9.3.9"));
    }
}
