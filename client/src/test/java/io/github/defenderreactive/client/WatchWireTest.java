package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Responses that are not as they should be, over real sockets: what a user of a watch sees of them. */
class WatchWireTest {

    private static final Duration PATIENCE = Clients.PATIENCE;
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final List<WatchEvent> events = new CopyOnWriteArrayList<>();

    @AutoClose
    private final FaultServer server = FaultServer.start();

    @AutoClose
    private final DefenderClient client = DefenderClient.builder()
            .environment(
                    DefenderEnvironment.WORLDWIDE.withServer(server.uri("")).withAuthority(server.uri("")))
            .tenantId("tenant")
            .credential(request ->
                    Mono.just(AccessToken.of("the-token", Instant.now().plusSeconds(3_600))))
            .build();

    /** A watch that ends by itself behind so many polls. */
    private List<Alert> delivered(CursorStore store, int polls) {
        Sinks.Empty<Void> enough = Sinks.empty();
        AtomicInteger polled = new AtomicInteger();
        WatchOptions options = WatchOptions.builder()
                .since(SINCE)
                .store(store)
                .every(Duration.ofSeconds(1))
                .stopWhen(enough.asMono())
                .listener(event -> {
                    events.add(event);
                    if (event instanceof WatchEvent.Polled && polled.incrementAndGet() == polls) {
                        enough.tryEmitEmpty();
                    }
                })
                .build();
        return client.alerts()
                .watch(options)
                .concatMap(delivery -> delivery.acknowledge().thenReturn(delivery.item()))
                .collectList()
                .block(PATIENCE);
    }

    private static String row(String id, String updated, String more) {
        return "{\"id\":%s,\"alertCreationTime\":\"2026-01-02T00:00:00Z\",\"lastUpdateTime\":%s%s}"
                .formatted(id, updated, more);
    }

    private static Answer page(Instant date, String... rows) {
        return Answer.json("{\"value\":[" + String.join(",", rows) + "]}")
                .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
    }

    @Test
    void shouldDeliverOrTellEveryRowOfAPage() {
        String time = "\"2026-01-02T03:04:05Z\"";
        String[] rows = {
            row("\"first\"", time, ""),
            "null",
            "5",
            "\"text\"",
            "[]",
            "{}",
            row("null", time, ""),
            row("\"\"", time, ""),
            row("7", time, ""),
            row("\"no time\"", "null", ""),
            row("\"odd time\"", "\"soon\"", ""),
            row("\"a number for a time\"", "1767323045", ""),
            row("\"line\\nbreak\\u0000\\u009b\"", time, ""),
            row("\"twice\"", time, ",\"title\":\"one\""),
            row("\"twice\"", "\"2026-01-02T03:04:06Z\"", ",\"title\":\"two\""),
            row("\"twice\"", time, ",\"title\":\"three\""),
            row("\"far\"", "\"2999-01-01T00:00:00Z\"", ""),
            row("\"ancient\"", "\"0001-01-01T00:00:00Z\"", ""),
            row("\"large\"", time, ",\"title\":\"" + "x".repeat(5 << 20) + "\""),
            row("\"long number\"", time, ",\"odd\":1" + "0".repeat(2_000)),
            row("\"last\"", time, ""),
        };
        server.answer(request -> page(Instant.now(), rows));

        assertThat(delivered(CursorStore.memory(), 3))
                .extracting(alert -> alert.id() + (alert.title() == null ? "" : " " + alert.title()))
                .containsExactly(
                        "first", "line\nbreak\u0000\u009b", "twice one", "twice two", "far", "long number", "last");
        List<WatchEvent.Irregular> told = events.stream()
                .filter(WatchEvent.Irregular.class::isInstance)
                .map(WatchEvent.Irregular.class::cast)
                .toList();
        assertThat(told)
                .extracting(WatchEvent.Irregular::json)
                .as("the rest, each once")
                .doesNotHaveDuplicates()
                .hasSize(14)
                .allSatisfy(json -> assertThat(json).hasSizeLessThanOrEqualTo(4_096));
    }

    /** The service filters as it should; one date of it is wrong. */
    @Test
    void shouldNotBeBlindedByOneDateOfAnotherMonth() {
        Map<String, Instant> alerts = new ConcurrentHashMap<>();
        AtomicInteger responses = new AtomicInteger();
        server.answer(request -> {
            Instant from = Instant.parse(URLDecoder.decode(request.uri(), StandardCharsets.UTF_8)
                    .replaceFirst(".*lastUpdateTime ge ([^ )&]+).*", "$1"));
            Instant date = Instant.now();
            return page(
                    responses.incrementAndGet() == 1 ? date.plus(Duration.ofDays(30)) : date,
                    alerts.entrySet().stream()
                            .filter(alert -> !alert.getValue().isBefore(from))
                            .map(alert -> row("\"" + alert.getKey() + "\"", "\"" + alert.getValue() + "\"", ""))
                            .toArray(String[]::new));
        });
        CursorStore store = CursorStore.file(folder.resolve("cursor"));

        assertThat(delivered(store, 2)).isEmpty();
        alerts.put("meanwhile", Instant.now());
        assertThat(delivered(store, 2)).extracting(Alert::id).containsExactly("meanwhile");
        assertThat(events).filteredOn(WatchEvent.Doubted.class::isInstance).hasSize(1);
        assertThat(events)
                .filteredOn(WatchEvent.Polled.class::isInstance)
                .allSatisfy(event ->
                        assertThat(((WatchEvent.Polled) event).watermark()).isBeforeOrEqualTo(Instant.now()));
    }
}
