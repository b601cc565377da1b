package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.AssetBaselineAssessment;
import io.github.defenderreactive.client.model.BaselineConfiguration;
import io.github.defenderreactive.client.model.BaselineProfile;
import io.github.defenderreactive.client.query.BaselineConfigurationFields;
import io.github.defenderreactive.client.query.BaselineProfileFields;
import io.github.defenderreactive.client.query.ListBaselineConfigurationsQuery;
import io.github.defenderreactive.client.query.ListBaselineProfilesQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Security baselines over the wire: from the profiles to the results on the devices. */
class BaselinesTest {

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(600).start();

    @AutoClose
    private final DefenderClient client = Clients.of(emulator);

    @Test
    void shouldLeadFromActiveProfilesToTheirResults() {
        List<BaselineProfile> active = client.baselines()
                .profiles(ListBaselineProfilesQuery.builder()
                        .filter(BaselineProfileFields.status(true))
                        .build())
                .collectList()
                .block(Clients.PATIENCE);
        List<AssetBaselineAssessment> results =
                client.exports().securityBaselines().collectList().block(Clients.PATIENCE);
        Set<String> assessed = client.baselines()
                .configurations()
                .map(BaselineConfiguration::id)
                .collect(Collectors.toSet())
                .block(Clients.PATIENCE);

        assertThat(client.baselines().profiles().count().block(Clients.PATIENCE))
                .isGreaterThan(active.size());
        assertThat(active).isNotEmpty().allSatisfy(profile -> {
            assertThat(profile.createdOnTimestampUTC()).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
            assertThat(results)
                    .filteredOn(result -> profile.id().equals(result.profileId()))
                    .hasSize(profile.totalDevices() * profile.settingsNumber());
        });
        assertThat(results)
                .isNotEmpty()
                .extracting(AssetBaselineAssessment::configurationId)
                .allMatch(assessed::contains);
    }

    @Test
    void shouldFilterByTheNumberOfTheEnumeration() {
        BaselineConfiguration one = client.baselines().configurations().next().block(Clients.PATIENCE);

        assertThat(client.baselines()
                        .configurations(ListBaselineConfigurationsQuery.builder()
                                .filter(BaselineConfigurationFields.CCE.eq(one.cce()))
                                .build())
                        .collectList()
                        .block(Clients.PATIENCE))
                .isNotEmpty()
                .allMatch(found -> found.id().equals(one.id()));
    }
}
