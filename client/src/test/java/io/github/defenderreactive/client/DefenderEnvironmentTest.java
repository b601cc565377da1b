package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each API is in each cloud, and whom its tokens are for. */
class DefenderEnvironmentTest {

    private static DefenderEnvironment cloud(String name) {
        return switch (name) {
            case "worldwide" -> DefenderEnvironment.WORLDWIDE;
            case "gcc" -> DefenderEnvironment.GCC;
            case "gcc-high" -> DefenderEnvironment.GCC_HIGH;
            default -> DefenderEnvironment.DOD;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "worldwide, DEFENDER_ENDPOINT, https://api.security.microsoft.com/api,"
                + " https://api.securitycenter.microsoft.com",
        "worldwide, GRAPH_SECURITY, https://graph.microsoft.com/v1.0, https://graph.microsoft.com",
        "worldwide, DEFENDER_XDR, https://api.security.microsoft.com/api, https://api.security.microsoft.com",
        "gcc, DEFENDER_ENDPOINT, https://api-gcc.securitycenter.microsoft.us/api,"
                + " https://api-gcc.securitycenter.microsoft.us",
        "gcc, GRAPH_SECURITY, https://graph.microsoft.com/v1.0, https://graph.microsoft.com",
        "gcc, DEFENDER_XDR, https://api-gcc.security.microsoft.us/api, https://api-gcc.security.microsoft.us",
        "gcc-high, DEFENDER_ENDPOINT, https://api-gov.securitycenter.microsoft.us/api,"
                + " https://api-gov.securitycenter.microsoft.us",
        "gcc-high, GRAPH_SECURITY, https://graph.microsoft.us/v1.0, https://graph.microsoft.us",
        "gcc-high, DEFENDER_XDR, https://api-gov.security.microsoft.us/api, https://api-gov.security.microsoft.us",
        "dod, GRAPH_SECURITY, https://dod-graph.microsoft.us/v1.0, https://dod-graph.microsoft.us",
        "dod, DEFENDER_XDR, https://api-gov.security.microsoft.us/api, https://api-gov.security.microsoft.us"
    })
    void shouldKnowRootAndAudience(String cloud, Api api, URI root, String audience) {
        assertThat(cloud(cloud).apiRoot(api)).isEqualTo(root);
        assertThat(cloud(cloud).scope(api)).isEqualTo(audience + "/.default");
    }

    @Test
    void shouldMoveOneApiAndLeaveTheOthers() {
        URI elsewhere = URI.create("https://eu.api.security.microsoft.com/");
        DefenderEnvironment moved = DefenderEnvironment.WORLDWIDE.withBaseUrl(elsewhere);

        assertThat(moved.apiRoot()).isEqualTo(URI.create("https://eu.api.security.microsoft.com/api"));
        assertThat(moved.apiRoot(Api.DEFENDER_XDR)).isEqualTo(DefenderEnvironment.WORLDWIDE.apiRoot(Api.DEFENDER_XDR));
        assertThat(moved.apiRoot(Api.GRAPH_SECURITY))
                .isEqualTo(DefenderEnvironment.WORLDWIDE.apiRoot(Api.GRAPH_SECURITY));
        assertThat(DefenderEnvironment.builder().graphUrl(elsewhere).build().apiRoot(Api.GRAPH_SECURITY))
                .isEqualTo(URI.create("https://eu.api.security.microsoft.com/v1.0"));
        assertThat(DefenderEnvironment.builder().xdrUrl(elsewhere).build().apiRoot(Api.DEFENDER_XDR))
                .isEqualTo(URI.create("https://eu.api.security.microsoft.com/api"));
    }

    @Test
    void shouldMoveAllApisAndKeepTheirAudiences() {
        DefenderEnvironment moved = DefenderEnvironment.GCC_HIGH.withServer(URI.create("https://localhost:8443"));

        assertThat(Stream.of(Api.values()).map(moved::apiRoot))
                .extracting(URI::getAuthority)
                .containsOnly("localhost:8443");
        assertThat(Api.values())
                .allSatisfy(api -> assertThat(moved.scope(api)).isEqualTo(DefenderEnvironment.GCC_HIGH.scope(api)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://eu.api.security.microsoft.com",
        "https://eu.api.security.microsoft.com/",
        "https://eu.api.security.microsoft.com/api",
        "https://eu.api.security.microsoft.com/api/",
        "https://eu.api.security.microsoft.com//api//",
        "https://eu.api.security.microsoft.com/API",
        "https://eu.api.security.microsoft.com/api/v1.0"
    })
    void shouldTakeARootWithWhatEachRequestAdds(URI url) {
        DefenderEnvironment moved =
                DefenderEnvironment.builder().baseUrl(url).xdrUrl(url).build();

        assertThat(moved.apiRoot()).isEqualTo(URI.create("https://eu.api.security.microsoft.com/api"));
        assertThat(moved.apiRoot(Api.DEFENDER_XDR)).isEqualTo(moved.apiRoot());
        assertThat(moved)
                .isEqualTo(DefenderEnvironment.builder()
                        .baseUrl(URI.create("https://eu.api.security.microsoft.com"))
                        .xdrUrl(URI.create("https://eu.api.security.microsoft.com"))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"https://graph.example", "https://graph.example/v1.0", "https://graph.example/V1.0/"})
    void shouldTakeARootOfGraphWithItsVersion(URI url) {
        assertThat(DefenderEnvironment.builder().graphUrl(url).build().apiRoot(Api.GRAPH_SECURITY))
                .isEqualTo(URI.create("https://graph.example/v1.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost:8443/one/api",
        "https://localhost:8443/one/v1.0/",
        "https://localhost:8443/one/",
        "https://localhost:8443/one/api/v1.0"
    })
    void shouldTakeOneServerForAllHoweverItsRootIsWritten(URI url) {
        DefenderEnvironment moved = DefenderEnvironment.WORLDWIDE.withServer(url);

        assertThat(Stream.of(Api.values()).map(moved::apiRoot).map(URI::toString))
                .containsExactlyInAnyOrder(
                        "https://localhost:8443/one/api",
                        "https://localhost:8443/one/v1.0",
                        "https://localhost:8443/one/api");
    }

    @Test
    void shouldKeepAPathThatOnlyResemblesWhatIsAdded() {
        assertThat(DefenderEnvironment.WORLDWIDE
                        .withBaseUrl(URI.create("https://gw.example/myapi"))
                        .apiRoot())
                .isEqualTo(URI.create("https://gw.example/myapi/api"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example/api?key=s3cret-key",
        "https://api.example/#top",
        "https://user:s3cret-key@api.example/api"
    })
    void shouldRefuseWhatIsNoRoot(URI url) {
        assertThatThrownBy(() -> DefenderEnvironment.WORLDWIDE.withServer(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without query, fragment and user information")
                .hasMessageContaining("api.example")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseARootWithoutHost() {
        URI relative = URI.create("/api");

        assertThatThrownBy(() -> DefenderEnvironment.builder().graphUrl(relative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("graphUrl");
    }

    @Test
    void shouldKeepEveryValueOfAMutatedEnvironment() {
        DefenderEnvironment other = DefenderEnvironment.builder()
                .baseUrl(URI.create("https://defender.example"))
                .authority(URI.create("https://login.example"))
                .audience("https://defender.audience.example")
                .graphUrl(URI.create("https://graph.example"))
                .graphAudience("https://graph.audience.example")
                .xdrUrl(URI.create("https://xdr.example"))
                .xdrAudience("https://xdr.audience.example")
                .build();

        assertThat(other.mutate().build()).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other.mutate().xdrAudience("https://else.example").build()).isNotEqualTo(other);
        assertThat(DefenderEnvironment.builder().build()).isEqualTo(DefenderEnvironment.WORLDWIDE);
        assertThat(other)
                .hasToString("DefenderEnvironment[baseUrl=https://defender.example,"
                        + " authority=https://login.example, audience=https://defender.audience.example,"
                        + " graphUrl=https://graph.example, graphAudience=https://graph.audience.example,"
                        + " xdrUrl=https://xdr.example, xdrAudience=https://xdr.audience.example]");
    }
}
