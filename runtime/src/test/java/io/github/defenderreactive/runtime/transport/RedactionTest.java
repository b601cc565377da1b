package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.operation.Lane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer says, and what is left of it. */
class RedactionTest {

    /** Each in characters that one encoding or another changes. */
    private static final List<String> SECRETS =
            List.of("Canary~Q8Z.x_y", "Kanari3n/v+gel=&\"<q>\\", "Ünt€r Schl\u00fcssel 😀 k", "canary", "c4n@y");

    private record Form(String name, UnaryOperator<String> encoding) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(Base64.Encoder encoder, String text) {
        return encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String escaped(String text, String before, String format, String after) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(
                        c -> out.append(before).append(String.format(format, c)).append(after));
        return out.toString();
    }

    private static String percent(String text, String format) {
        StringBuilder out = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(String.format(format, one & 0xFF));
        }
        return out.toString();
    }

    private static String small(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append((char) (c < 128 ? Character.toLowerCase(c) : c)));
        return out.toString();
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form("as it is", secret -> secret),
                new Form("of a form", RedactionTest::url),
                new Form("of a path", secret -> url(secret).replace("+", "%20")),
                new Form("every byte in percent", secret -> percent(secret, "%02x")),
                new Form("encoded twice", secret -> url(url(secret))),
                new Form("encoded three times", secret -> url(url(url(secret)))),
                new Form("of JSON", RedactionTest::json),
                new Form("of JSON with slashes", secret -> json(secret).replace("/", "\\/")),
                new Form("of JSON in JSON", secret -> json(json(secret))),
                new Form("every letter escaped", secret -> escaped(secret, "\\u", "%04X", "")),
                new Form("of a form in JSON", secret -> json(url(secret))),
                new Form(
                        "of HTML",
                        secret -> secret.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;")
                                .replace("\"", "&quot;")),
                new Form("numbers of HTML", secret -> escaped(secret, "&#x", "%x", ";")),
                new Form("Base64", secret -> base64(Base64.getEncoder(), secret)),
                new Form(
                        "Base64 of URLs",
                        secret -> base64(Base64.getUrlEncoder().withoutPadding(), secret)),
                new Form("Basic", secret -> base64(Base64.getEncoder(), "user:" + secret)),
                new Form("Basic of one more", secret -> base64(Base64.getEncoder(), "users:" + secret)),
                new Form("Basic of two more", secret -> base64(Base64.getEncoder(), "userss:" + secret)),
                new Form("within Base64", secret -> base64(Base64.getEncoder(), "{\"s\":\"" + secret + "\",\"t\":12}")),
                new Form("Base64 in percent", secret -> url(base64(Base64.getEncoder(), secret))),
                new Form("in small letters", RedactionTest::small));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void shouldTakeSecretsOut(Form form) {
        for (String secret : SECRETS) {
            String shown = form.encoding().apply(secret);
            String line = Redaction.of(SECRETS).words("before " + shown + " after");

            assertThat(line).startsWith("before (secret)").endsWith(" after").doesNotContain(shown);
            assertThat(Redaction.of(SECRETS).id(shown)).doesNotContain(shown).startsWith("(secret)");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void shouldTakeOutAPartOfALongSecret(Form form) {
        String secret = "kT9~".repeat(3) + "xyz/QW+erty.uio_pas-dfg0123456789" + "~Zz".repeat(20);
        for (int from : new int[] {0, 1, 7, secret.length() - 40}) {
            String shown = form.encoding().apply(secret.substring(from, from + 40));
            if (form.name().contains("Base64") || form.name().contains("Basic")) {
                continue;
            }
            assertThat(Redaction.of(List.of(secret)).words("a " + shown + " b")).isEqualTo("a (secret) b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.",
                "Bearer 0123456789abcdefOPAQUE",
                "Basic dXNlcjpjYW5hcnlwYXNz",
                "https://store.example/x?sv=1&sig=c4n%2Bary%3D&se=2",
                "client_secret=canary~1&grant_type=x",
                "{\"refresh_token\": \"0.AXcanary\"}",
                "sig%3Dcanary%26"
            })
    void shouldTakeOutWhatLooksLikeASecret(String said) {
        assertThat(Redaction.NONE.words("quoted: " + said))
                .contains("(secret)")
                .doesNotContain("canary", "c4n", "Y2FuYXJ5", "jYW5hcnk", "OPAQUE", "c2lnbmF0dXJl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The bearer of the message is not authorized",
                "Basic authentication is required",
                "AADSTS7000215: Invalid client secret provided. Trace ID: 6f2b1c0e-58d3-4a0c-9b7d-1e1f6a0f4c11",
                "Missing application roles. API required roles: Machine.Read.All",
                "assertion failed, password expired, signature: wrong"
            })
    void shouldLeaveInnocentWords(String said) {
        assertThat(Redaction.of(List.of("c4nary-of-the-test")).words(said)).isEqualTo(said);
    }

    @Test
    void shouldMakeOneLineOfBoundedLength() {
        assertThat(Redaction.NONE.words(" a\r\n\tb\u0000\u001b[31mc\u202ed\u2028e "))
                .isEqualTo("a b [31mc d e");
        assertThat(Redaction.NONE.words("x".repeat(100_000))).hasSize(501).endsWith("x…");
        assertThat(Redaction.NONE.id("x".repeat(100_000))).hasSize(129).endsWith("x…");
        assertThat(Redaction.NONE.words("😀".repeat(1000))).doesNotMatch(".*\\p{Cs}…");
        assertThat(Redaction.NONE.words("\u0000\r\n ")).isNull();
        assertThat(Redaction.NONE.words(null)).isNull();
    }

    @Test
    void shouldNotShowTheBeginningOfASecretThatIsCutOff() {
        String secret = "canary-0123456789";
        for (int before = 490; before < 520; before++) {
            assertThat(Redaction.of(List.of(secret)).words("x".repeat(before) + secret))
                    .doesNotContain("cana");
        }
        for (int before = (16 << 10) - 20; before < (16 << 10) + 4; before++) {
            assertThat(Redaction.of(List.of(secret)).words(" ".repeat(before) + secret + " "))
                    .satisfiesAnyOf(
                            line -> assertThat(line).isNull(),
                            line -> assertThat(line).doesNotContain("cana"));
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(Map.of("Authorization", "Bearer c4nary-token"), null, "c4nary-token"),
                Arguments.of(Map.of("X-IDENTITY-HEADER", "c4nary-token"), null, "c4nary-token"),
                Arguments.of(Map.of("Authorization", "Basic dTpjNG5hcnk="), null, "dTpjNG5hcnk="),
                Arguments.of(Map.of("Authorization", "Basic dTpjNG5hcnk="), null, "c4nary"),
                Arguments.of(Map.of("Api_Key", "c4nary key"), null, "c4nary key"),
                Arguments.of(form(), "client_secret=c4n~ary+1&x=y", "c4n~ary 1"),
                Arguments.of(form(), "client_assertion=c4nary.1&x=y", "c4nary.1"),
                Arguments.of(form(), "grant_type=x&assertion=c4nary-1", "c4nary-1"),
                Arguments.of(form(), "refresh_token=0.c4nary-1", "0.c4nary-1"),
                Arguments.of(form(), "password=c4n%26ary", "c4n&ary"),
                Arguments.of(form(), "code=c4nary-1", "c4nary-1"),
                Arguments.of(form(), "code_verifier=c4nary-1", "c4nary-1"),
                Arguments.of(form(), "device_code=c4nary-1", "c4nary-1"));
    }

    private static Map<String, String> form() {
        return Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldKnowTheSecretsOfARequest(Map<String, String> headers, String body, String secret) {
        RequestBody content =
                body == null ? null : RequestBody.of(ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)));
        Redaction redaction = Redaction.of(
                new TransportRequest("POST", URI.create("https://h.example/x"), headers, content, Lane.INTERACTIVE));

        assertThat(redaction.words("you sent " + secret + ".")).isEqualTo("you sent (secret).");
        assertThat(redaction.toString()).doesNotContain(secret);
    }

    @Test
    void shouldKnowTheSecretsOfALink() {
        Redaction redaction = Redaction.of(new TransportRequest(
                "GET", URI.create("https://h.example/x?sv=1&sig=c4n%2Bary"), Map.of(), null, Lane.BULK));

        assertThat(redaction.words("no c4n+ary here, nor c4n%2Bary")).isEqualTo("no (secret) here, nor (secret)");
    }

    @Test
    void shouldKeepACauseThatShowsNothing() {
        IOException harmless = new IOException("reset", new IllegalStateException("by the peer"));

        assertThat(Redaction.of(SECRETS).cause(harmless)).isSameAs(harmless);
        assertThat(Redaction.NONE.cause(null)).isNull();
    }

    @Test
    void shouldTakeSecretsOutOfAllOfACause() {
        IOException outer = new IOException("reset", new IllegalStateException("407 canary"));
        outer.addSuppressed(new IOException("again canary", new IOException("deep canary")));
        Throwable shown = Redaction.of(SECRETS).cause(outer);

        StringWriter trace = new StringWriter();
        shown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .doesNotContain("canary")
                .contains(
                        "IOException: reset", "IllegalStateException: 407 (secret)", "again (secret)", "deep (secret)")
                .contains("RedactionTest.shouldTakeSecretsOutOfAllOfACause");
    }

    @Test
    void shouldEndWithACauseThatIsItsOwn() {
        IOException one = new IOException("canary");
        IOException other = new IOException("canary", one);
        one.initCause(other);

        assertThat(Redaction.of(SECRETS).cause(one)).hasMessageContaining("(secret)");
    }
}
