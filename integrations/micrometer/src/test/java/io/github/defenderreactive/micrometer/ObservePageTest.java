package io.github.defenderreactive.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

class ObservePageTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));
    private static final Pattern SNIPPET = Pattern.compile("// tag::[\\w-]+\\[]\\n(.*?)\\n *// end::", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile("^\\| `(defender\\.[^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|", Pattern.MULTILINE);

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/observe.md"));
    }

    @Test
    void shouldShowTheSnippetsThatCompileAndNoOthers() throws IOException {
        List<String> compiled = found(
                SNIPPET,
                Files.readString(ROOT.resolve("integrations/micrometer/src/test/java/io/github/defenderreactive"
                        + "/micrometer/ObserveSnippets.java")));
        assertThat(compiled).hasSize(4);
        assertThat(found(BLOCK, page())).containsExactlyInAnyOrderElementsOf(compiled);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).stripIndent())
                .toList();
    }

    @Test
    void shouldListEveryMeterWithTypeUnitAndTags() throws IOException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        CallListener call =
                MicrometerCallListener.create(meters).callStarted(Operations.LIST_ALERTS.info(), Context.empty());
        call.permitRequested(0);
        call.permitGranted(Duration.ZERO);
        call.tokenReady(Duration.ZERO);
        call.attemptStarted(1);
        call.attemptEnded(new AttemptSummary(1, Outcome.SUCCESS, 200, Duration.ZERO, 1, null, null));
        call.callEnded(new CallSummary(Outcome.SUCCESS, 1, 1, Duration.ZERO, 200, null, null));
        MicrometerWatchListener watch = MicrometerWatchListener.create(meters, "alerts");
        watch.accept(new WatchEvent.Retrying("alerts", new IllegalStateException(), 1, Duration.ZERO));
        watch.accept(new WatchEvent.ClockDiffers("alerts", Duration.ofDays(2)));

        assertThat(ROW.matcher(page()).results().map(ObservePageTest::row))
                .containsExactlyInAnyOrderElementsOf(meters.getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getType() != Meter.Type.LONG_TASK_TIMER)
                        .map(ObservePageTest::row)
                        .toList());
    }

    private static String row(MatchResult row) {
        String tags = Arrays.stream(row.group(4).split(","))
                .map(tag -> tag.strip().replace("`", ""))
                .sorted()
                .collect(Collectors.joining(","));
        return row.group(1) + " " + row.group(2).strip().replaceFirst(", span$", "") + " "
                + row.group(3).strip() + " " + tags;
    }

    private static String row(Meter.Id id) {
        String tags = id.getTags().stream()
                .map(Tag::getKey)
                // Micrometer's own.
                .filter(key -> !key.equals("error"))
                .sorted()
                .collect(Collectors.joining(","));
        String type = id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return id.getName() + " " + type + " " + id.getBaseUnit() + " " + tags;
    }

    @Test
    void shouldListEveryOutcome() throws IOException {
        assertThat(page())
                .contains(Arrays.stream(Outcome.values())
                        .map(outcome -> "`" + outcome.label() + "`")
                        .toList());
    }
}
