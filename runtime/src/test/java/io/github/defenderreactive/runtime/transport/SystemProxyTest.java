package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemProxyTest {

    private static final URI API = URI.create("https://api.example/");
    private static final Map<String, String> NOTHING = Map.of();

    private static @Nullable String proxyFor(URI uri, Map<String, String> variables, Map<String, String> properties) {
        HttpProxy proxy = TransportOptions.builder()
                .systemProxy(SystemProxy.read(variables::get, properties::get))
                .build()
                .proxyFor(uri);
        return proxy == null ? null : proxy.host() + ":" + proxy.port();
    }

    @Test
    void shouldTakeTheFirstVariableThatIsSet() {
        assertThat(proxyFor(API, NOTHING, NOTHING)).isNull();
        assertThat(proxyFor(API, Map.of("HTTP_PROXY", "http://h:1", "http_proxy", "http://h:1"), NOTHING))
                .isNull();
        assertThat(proxyFor(API, Map.of("ALL_PROXY", "http://a:1"), NOTHING)).isEqualTo("a:1");
        assertThat(proxyFor(API, Map.of("ALL_PROXY", "http://a:1", "HTTPS_PROXY", "b:2"), NOTHING))
                .isEqualTo("b:2");
        assertThat(proxyFor(API, Map.of("https_proxy", "http://c:3", "HTTPS_PROXY", "http://b:2"), NOTHING))
                .isEqualTo("c:3");
        assertThat(proxyFor(API, Map.of("https_proxy", "", "HTTPS_PROXY", "http://b:2"), NOTHING))
                .isNull();
        assertThat(TransportOptions.builder()
                        .systemProxy(Map.of("HTTPS_PROXY", "http://user:s3cret@b:2", "NO_PROXY", "other.example"))
                        .build()
                        .proxyFor(API))
                .hasToString("HttpProxy[b:2]");
    }

    @Test
    void shouldPreferThePropertiesOfTheJvm() {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://b:2", "NO_PROXY", "*");
        assertThat(proxyFor(API, variables, Map.of("https.proxyHost", "p"))).isEqualTo("p:443");
        assertThat(proxyFor(API, variables, Map.of("https.proxyHost", "2001:db8::1", "https.proxyPort", "8")))
                .isEqualTo("2001:db8::1:8");
        Map<String, String> properties =
                Map.of("https.proxyHost", "p", "http.nonProxyHosts", "*.inside.example|10.*|[2001:db8::*]|LAST");
        assertThat(proxyFor(API, variables, properties)).isEqualTo("p:443");
        for (String direct : new String[] {"a.inside.example", "10.1.2.3", "[2001:db8::5]", "last", "localhost"}) {
            assertThat(proxyFor(URI.create("https://" + direct), variables, properties))
                    .as(direct)
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* api.example true",
                "a.example,* api.example true",
                "example api.example true",
                "api.example api.example true",
                "api.example API.EXAMPLE true",
                "API.Example api.example true",
                "api.example api.example. true",
                "api.example. api.example true",
                ".example api.example true",
                ".api.example api.example true",
                "*.example api.example true",
                "api.example eu.api.example true",
                "pi.example api.example false",
                "api.example evil-api.example false",
                "api.example api.example.evil false",
                "other.example,,api.example api.example true",
                "api.example:443 api.example true",
                "api.example:443 api.example:8443 false",
                "api.example:8443 api.example:8443 true",
                "*:443 api.example false",
                "10.1.2.3 10.1.2.3 true",
                "10.1.2.3 10.1.2.30 false",
                "10.1.2.3:8443 10.1.2.3:8443 true",
                "10.1.2.3:8443 10.1.2.3 false",
                "10.0.0.0/8 10.200.1.1 true",
                "10.0.0.0/8 11.0.0.1 false",
                "10.0.0.0/33 10.0.0.0 false",
                "10.0.0.0/x 10.0.0.0 false",
                "0.0.0.0/0 192.0.2.1 true",
                "0.0.0.0/0 [2001:db8::1] false",
                "192.0.2.128/25 192.0.2.127 false",
                "192.0.2.128/25 192.0.2.129 true",
                "2001:db8::1 [2001:db8::1] true",
                "2001:db8::1 [2001:db8:0:0::1] true",
                "[2001:db8::1] [2001:db8::1] true",
                "[2001:db8::1]:8443 [2001:db8::1]:8443 true",
                "[2001:db8::1]:8443 [2001:db8::1] false",
                "2001:db8::/32 [2001:db8:5::9] true",
                "[2001:db8::]/32 [2001:db8:5::9] true",
                "2001:db8::/32 [2001:db9::1] false",
                "1 10.0.0.1 false",
                ". api.example false",
                "http://api.example api.example false",
                "'' api.example false",
                "other.example localhost true",
                "other.example 127.0.0.1:8443 true",
                "other.example 127.5.5.5 true",
                "other.example [::1] true",
                "other.example 127.evil.example false",
                "other.example localhost.evil.example false"
            })
    void shouldReachDirectlyWhatTheListNames(String list, String target, boolean direct) {
        for (String name : new String[] {"NO_PROXY", "no_proxy"}) {
            assertThat(proxyFor(
                            URI.create("https://" + target + "/"),
                            Map.of("HTTPS_PROXY", "http://proxy.example:3128", name, list),
                            NOTHING))
                    .isEqualTo(direct ? null : "proxy.example:3128");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:s3cret@p", "socks5h://user:s3cret@p:1080", "http://user:1/s3cret@p"})
    void shouldNameTheVariableOfAProxyThatIsNotUsable(String url) {
        assertThatThrownBy(() -> proxyFor(API, Map.of("HTTPS_PROXY", url), NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("s3cret");
    }
}
