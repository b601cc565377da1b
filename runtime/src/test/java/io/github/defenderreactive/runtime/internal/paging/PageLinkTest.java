package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Next links taken apart. */
class PageLinkTest {

    private static final List<String> ROOTS = List.of("/defender/api", "/api", "/api/v1.0", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.test/api/alerts?$skip=10 | /alerts?$skip=10",
                "https://10.0.0.1:8443/api/v1.0/alerts?$skip=10 | /alerts?$skip=10",
                "http://api.test/defender/api/Alerts?a=%2F%3d&b=c+d | /Alerts?a=%2F%3d&b=c+d",
                "/api/alerts?$skip=10#top | /alerts?$skip=10",
                "//api.test/api/alerts | /alerts",
                "alerts?$skiptoken=a:/b | /alerts?$skiptoken=a:/b",
                "https://api.test/api/alerts?x=https://y/z | /alerts?x=https://y/z",
                "https://api.test/api/alerts?$filter=a eq 'b'|/alerts?$filter=a%20eq%20'b'",
                "https://api.test/api/alerts?f=100%&g=%zz|/alerts?f=100%25&g=%25zz",
                "https://api.test/api/alerts?f=ü|/alerts?f=%C3%BC",
                "https://api.test/api/alerts?$skip=%１２|/alerts?$skip=%25%EF%BC%91%EF%BC%92",
                "https://api.test/api/alerts?f=%٤١%f|/alerts?f=%25%D9%A4%D9%A1%25f",
                "https://api.test/api/%61lerts|/%61lerts"
            })
    void shouldKeepPathAndQueryBelowTheRoot(String link, String target) {
        assertThat(PageLink.below(link, "/alerts", ROOTS)).isEqualTo(target);
    }

    /** Whatever the service sends: what comes of it can be asked for, or it is refused. */
    @Test
    void shouldMakeARequestTargetOfEveryLink() {
        String odd =
                "%0123456789ABCDEFabcdef%%\uFF11\uFF21\u0661\u0967/?#[]@!$&'()*+,;=<>\\^`{|}\"\u007F\u0000\n\r\t \u00FC\uD83D\uDE00\uD83D";
        Random random = new Random(20_261_130);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder query = new StringBuilder("/api/alerts?");
            for (int i = random.nextInt(20); i >= 0; i--) {
                query.append(odd.charAt(random.nextInt(odd.length())));
            }
            String target = PageLink.below(query.toString(), "/alerts", ROOTS);
            assertThat(target).startsWith("/alerts");
            assertThat(URI.create("https://api.test/api" + target).getRawAuthority())
                    .isEqualTo("api.test");
            assertThat(target).matches("[\\x21-\\x7E]*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.test/api/machines",
                "https://api.test/api/alerts/",
                "https://api.test/api/alerts/../machines",
                "https://api.test/api/machines/%2e%2e/alerts",
                "https://api.test/other/alerts",
                "https://api.test",
                "https://api.test?x=/alerts",
                "javascript:alert(1)",
                "/"
            })
    void shouldRefuseALinkThatLeadsElsewhere(String link) {
        assertThat(PageLink.below(link, "/alerts", ROOTS)).isNull();
    }

    @Test
    void shouldCompareArgumentsAsTheyMeanWhateverTheirEncoding() {
        assertThat(PageLink.below(
                        "https://h/api/machines/find(timestamp=2026-01-01T00%3A00%3A00Z,key=%2710.0.0.1%27)?$skip=1",
                        "/machines/find(timestamp=2026-01-01T00:00:00Z,key='10.0.0.1')", ROOTS))
                .isEqualTo("/machines/find(timestamp=2026-01-01T00%3A00%3A00Z,key=%2710.0.0.1%27)?$skip=1");
    }
}
