package io.github.defenderreactive.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {

    @Test
    void shouldLeaveIdsOfTheServiceUntouched() {
        Call<Void> call = operation("/alerts/{id}", path("id", false))
                .call()
                .path("id", "da637308392288907382_-880718168")
                .build();
        assertThat(call.renderedPath()).isEqualTo("/alerts/da637308392288907382_-880718168");
    }

    @Test
    void shouldEncodeWhatWouldLeaveTheSegment() {
        Call<Void> call = operation("/users/{id}", path("id", false))
                .call()
                .path("id", "CONTOSO\\a/../b?c#d %é'")
                .build();
        assertThat(call.renderedPath()).isEqualTo("/users/CONTOSO%5Ca%2F..%2Fb%3Fc%23d%20%25%C3%A9%27");
    }

    @Test
    void shouldRenderFunctionStylePathsLiterally() {
        Call<Void> byIp = operation("/machines/findbyip(ip='{ip}',timestamp={t})", path("ip", false), path("t", false))
                .call()
                .path("ip", "fe80::1")
                .path("t", "2026-01-02T03:04:05Z")
                .build();
        assertThat(byIp.renderedPath()).isEqualTo("/machines/findbyip(ip='fe80::1',timestamp=2026-01-02T03:04:05Z)");

        Call<Void> find = operation("/machines/find(timestamp={t},key={ip})", path("t", false), path("ip", true))
                .call()
                .path("ip", "10.1.2.3")
                .path("t", "2026-01-02T03:04:05Z")
                .build();
        assertThat(find.renderedPath()).isEqualTo("/machines/find(timestamp=2026-01-02T03:04:05Z,key='10.1.2.3')");
    }

    @Test
    void shouldDoubleQuotesInsideQuotedPathValues() {
        Call<Void> call = operation("/x(k='{k}')", path("k", false))
                .call()
                .path("k", "a'b")
                .build();
        assertThat(call.renderedPath()).isEqualTo("/x(k='a%27%27b')");
    }

    @Test
    void shouldEncodeBlanksAndPlusInQueries() {
        Call<Void> call = operation("/alerts")
                .call()
                .query("$filter", "status ne 'New+Old' and a ge 2026-01-02T03:04:05Z")
                .query("$top", "5")
                .build();
        assertThat(call.renderedQuery())
                .isEqualTo("$filter=status%20ne%20%27New%2BOld%27%20and%20a%20ge%202026-01-02T03:04:05Z&$top=5");
    }

    @Test
    void shouldNameEveryMissingPartOfAForm() {
        Call.Builder<Void> call = upload().call();
        assertThatThrownBy(call::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("About")
                .hasMessageContaining("File")
                .hasMessageNotContaining("Note");

        assertThatThrownBy(call.form("About", "x").form("File", "not a file")::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("needs File");
        assertThatThrownBy(call.file("File", script()).form("About", null)::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("needs About");
    }

    @Test
    void shouldKeepThePartsOfAFormInOrder() {
        FileContent file = script();
        Call<Void> call = upload().call()
                .form("About", "x")
                .file("File", file)
                .form("Note", "")
                .build();
        assertThat(call.form())
                .containsExactly(
                        new FormPart.Text("About", "x"),
                        new FormPart.File("File", file),
                        new FormPart.Text("Note", ""));
        assertThat(call.mutate().form("Note", null).build().form()).hasSize(2);
        assertThat(call.form()).hasSize(3);
    }

    @Test
    void shouldRefuseABodyTogetherWithAForm() {
        Call.Builder<Void> call = upload().call().form("About", "x").file("File", script());
        assertThatThrownBy(call.body(out -> out.beginObject().endObject())::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("accepts one body, not 2");
    }

    @Test
    void shouldRepeatQueryArguments() {
        Call<Void> call = operation("/alerts")
                .call()
                .queryValues("tag", List.of("a,b", "c"))
                .query("top", "5")
                .queryValues("none", List.of())
                .build();
        assertThat(call.renderedQuery()).isEqualTo("tag=a%2Cb&tag=c&top=5");
        assertThat(call.query()).containsEntry("tag", "a,b,c").doesNotContainKey("none");
        assertThat(call.mutate().query("tag", null).build().renderedQuery()).isEqualTo("top=5");
    }

    @Test
    void shouldKeepHeadersAndRefuseOnesThatWouldBeginAnother() {
        ParameterInfo trace = new ParameterInfo("Trace", ParameterInfo.Location.HEADER, true, false, "");
        Call.Builder<Void> call = operation("/alerts", trace).call();
        assertThatThrownBy(call::build).hasMessageEndingWith("needs Trace");
        for (String value : List.of("", " a", "a ", "a\r\nb", "\u00e4")) {
            assertThatThrownBy(() -> call.header("Trace", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("testOperation: Trace must be printable ASCII without blanks at its ends");
        }
        Call<Void> built = call.header("Trace", "a b").build();
        assertThat(built.mutate().build().headers()).containsExactly(java.util.Map.entry("Trace", "a b"));
        assertThat(call.header("Trace", null)).isSameAs(call);
        assertThatThrownBy(call::build).hasMessageEndingWith("needs Trace");
    }

    @Test
    void shouldKeepATextOrBytes() {
        Operation<Void> operation = new Operation<>(
                operation("/notes")
                        .info()
                        .mutate()
                        .requestMediaType("text/plain")
                        .build(),
                ResponseShape.EMPTY,
                null,
                null,
                null,
                null);
        assertThatThrownBy(operation.call()::build).hasMessageEndingWith("needs a body");
        assertThat(operation.call().text("x").build().mutate().build().text()).isEqualTo("x");
        FileContent file = script();
        assertThat(operation.call().content(file).build().mutate().build().content())
                .isSameAs(file);
        assertThatThrownBy(operation.call().content(file).text("x")::build).hasMessageContaining("accepts one body");
    }

    private static FileContent script() {
        return FileContent.of("s.ps1", 0, reactor.core.publisher.Flux::empty);
    }

    private static Operation<Void> upload() {
        return operation(
                "/library/files",
                new ParameterInfo("About", ParameterInfo.Location.FORM, true, false, ""),
                new ParameterInfo("Note", ParameterInfo.Location.FORM, false, false, ""),
                new ParameterInfo("File", ParameterInfo.Location.FILE, true, false, ""));
    }

    @Test
    void shouldNameEveryMissingArgument() {
        Operation<Void> operation = new Operation<>(
                info("/a/{x}/{y}", List.of(path("x", false), path("y", false))),
                ResponseShape.EMPTY,
                null,
                null,
                in -> {
                    in.skipValue();
                    return (JsonEncodable) out -> out.nullValue();
                },
                null);
        assertThatThrownBy(() -> operation.call().path("y", "1").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("testOperation needs x, a body");
    }

    @Test
    void shouldBuildACallWithoutAnOptionalForm() {
        ParameterInfo text = new ParameterInfo("About", ParameterInfo.Location.FORM, true, false, "");
        ParameterInfo other = new ParameterInfo("Note", ParameterInfo.Location.FORM, false, false, "");
        OperationInfo optional = info("/library/files", List.of(text, other))
                .mutate()
                .optionalBody(true)
                .build();
        Operation<Void> operation = new Operation<>(optional, ResponseShape.EMPTY, null, null, null, null);

        assertThat(operation.call().build().form()).isEmpty();
        assertThatThrownBy(() -> operation.call().form("Note", "x").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("testOperation needs About");
    }

    @Test
    void shouldRefusePathValuesThatNameAnotherResource() {
        Call.Builder<Void> call = operation("/alerts/{id}", path("id", false)).call();
        for (String value : List.of("", " ", ".", "..")) {
            assertThatThrownBy(() -> call.path("id", value))
                    .as(value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("testOperation");
        }
    }

    @Test
    void shouldCopyOnMutate() {
        Call<Void> first = operation("/alerts").call().query("$top", "5").build();
        Call<Void> second =
                first.mutate().query("$top", null).query("$skip", "7").build();
        assertThat(first.renderedQuery()).isEqualTo("$top=5");
        assertThat(second.renderedQuery()).isEqualTo("$skip=7");
    }

    private static Operation<Void> operation(String path, ParameterInfo... parameters) {
        return new Operation<>(info(path, List.of(parameters)), ResponseShape.EMPTY, null, null, null, null);
    }

    private static ParameterInfo path(String name, boolean quoted) {
        return new ParameterInfo(name, ParameterInfo.Location.PATH, true, quoted, "a value");
    }

    private static OperationInfo info(String path, List<ParameterInfo> parameters) {
        return OperationInfo.builder()
                .api("test")
                .id("testOperation")
                .tag("tests")
                .method("GET")
                .path(path)
                .summary("Tests.")
                .quota(new Quota("testOperation", 100, 1500))
                .replaySafety(ReplaySafety.SAFE)
                .parameters(parameters)
                .sourcePage("page.md")
                .build();
    }
}
