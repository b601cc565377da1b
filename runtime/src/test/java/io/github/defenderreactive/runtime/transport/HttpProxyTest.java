package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128,proxy.example,3128",
        "HTTP://proxy.example,proxy.example,80",
        "proxy.example:8080,proxy.example,8080",
        "' http://proxy.example:3128/ ',proxy.example,3128",
        "http://192.0.2.7:1,192.0.2.7,1",
        "http://[2001:db8::7]:3128,2001:db8::7,3128",
        "http://[2001:db8::7],2001:db8::7,80"
    })
    void shouldReadHostAndPort(String url, String host, int port) {
        HttpProxy proxy = HttpProxy.parse(url);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.user()).isNull();
        assertThat(proxy.password()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:pass@proxy.example:3128,user,pass",
        "user:pass@proxy.example:3128,user,pass",
        "http://us%40er:p%2Fa%3As%25s@proxy.example,us@er,p/a:s%s",
        "http://user:p@ss@proxy.example,user,p@ss",
        "http://user:p://w@proxy.example,,",
        "http://user:100%@proxy.example,user,100%",
        "http://user@proxy.example,user,''"
    })
    void shouldReadCredentials(String url, String user, String password) {
        if (user == null) {
            assertThatThrownBy(() -> HttpProxy.parse(url)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        HttpProxy proxy = HttpProxy.parse(url);
        assertThat(proxy.host()).isEqualTo("proxy.example");
        assertThat(proxy.user()).isEqualTo(user);
        assertThat(Objects.requireNonNull(proxy.password()).get()).isEqualTo(password);
        assertThat(proxy.toString()).isEqualTo("HttpProxy[proxy.example:" + proxy.port() + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "http://:3128",
                "http://user:s3cret@",
                "http://user:s3cret@:3128",
                "http://user:s3cret@two words",
                "http://user:s3cret@proxy.example:0",
                "http://user:s3cret@proxy.example:65536",
                "http://user:s3cret@proxy.example:port",
                "http://user:s3cret@2001:db8::7",
                "https://user:s3cret@proxy.example",
                "socks5://user:s3cret@proxy.example",
                "user:s3cret://word@proxy.example",
                "http://user:80/s3cret@proxy.example",
                "http://user:80#s3cret@proxy.example",
                "http://user:80?s3cret@proxy.example"
            })
    void shouldRefuseWhatIsNoProxyWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> HttpProxy.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("user:")
                .hasNoCause();
    }

    @Test
    void shouldSayWhichSchemeIsNotSupported() {
        assertThatThrownBy(() -> HttpProxy.parse("HTTPS://proxy.example"))
                .hasMessageContaining("must be http, was https")
                .hasMessageContaining("not supported");
    }
}
