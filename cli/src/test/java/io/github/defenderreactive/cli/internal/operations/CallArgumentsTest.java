package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.FormPart;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.ParameterInfo.Location;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallArgumentsTest {

    private static final Operation<Void> UPLOAD = new Operation<>(
            OperationInfo.builder()
                    .api("harbour")
                    .id("uploadChart")
                    .tag("charts")
                    .method("POST")
                    .path("/charts/{port}")
                    .summary("Uploads a chart.")
                    .quota(new Quota("uploadChart", 0, 0))
                    .timeout(Duration.ofSeconds(60))
                    .parameters(List.of(
                            new ParameterInfo("port", Location.PATH, true, false, ""),
                            new ParameterInfo("$top", Location.QUERY, false, false, ""),
                            new ParameterInfo("file", Location.FILE, true, false, ""),
                            new ParameterInfo("Description", Location.FORM, true, false, "")))
                    .sourcePage("charts.md")
                    .build(),
            ResponseShape.EMPTY,
            null,
            null,
            null,
            null);

    private static Call<Void> call(Map<String, String> params) {
        return CallArguments.call(UPLOAD, params, null, name -> FileContent.of(Path.of(name)));
    }

    @Test
    void shouldSendEachValueAtTheLocationOfItsParameter() {
        Call<Void> call =
                call(Map.of("port", "north quay", "top", "3", "file", "/tmp/a.chart", "Description", "tides"));

        assertThat(call).hasToString("POST /charts/north%20quay?$top=3");
        assertThat(call.form())
                .extracting(part -> part instanceof FormPart.File file
                        ? file.name() + " is " + file.content().fileName()
                        : part.toString())
                .containsExactlyInAnyOrder("file is a.chart", new FormPart.Text("Description", "tides").toString());
    }

    @Test
    void shouldReportMissingAndUnknownArguments() {
        assertThatThrownBy(() -> call(Map.of("port", "n")))
                .isInstanceOf(UsageException.class)
                .hasMessage("uploadChart needs file, Description; give it with --param name=value or --body");
        assertThatThrownBy(() -> call(Map.of("colour", "red")))
                .isInstanceOf(UsageException.class)
                .hasMessage("uploadChart has no parameter colour; it has port, $top, file, Description");
        assertThatThrownBy(() -> CallArguments.call(UPLOAD, Map.of(), "{}", name -> FileContent.of(Path.of(name))))
                .isInstanceOf(UsageException.class)
                .hasMessage("uploadChart does not accept --body");
    }
}
