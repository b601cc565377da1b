package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.hunting.HuntingBackend;
import io.github.defenderreactive.client.hunting.HuntingLimit;
import io.github.defenderreactive.client.hunting.HuntingMappingException;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import io.github.defenderreactive.client.hunting.HuntingRow;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Hunting through each API over TLS. */
class HuntingTest {

    private DefenderEmulator emulator;
    private DefenderClient client;

    /** The columns in another order and letter case, and not all of them. */
    private record Device(String deviceName, Instant timestamp, long osBuild, Boolean isAzureAdJoined) {}

    private record Wrong(String deviceName, Instant osBuild, String department) {}

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(5_000).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private static <T> List<T> all(Flux<T> rows) {
        return rows.collectList().block(Clients.PATIENCE);
    }

    private static String operation(HuntingBackend backend) {
        return switch (backend) {
            case GRAPH -> "runHuntingQuery";
            case XDR -> "runAdvancedHunting";
            case ENDPOINT -> "runAdvancedQuery";
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldRunTheSameQueryThroughEachApi(HuntingBackend backend) {
        HuntingQuery query = HuntingQuery.of(
                        "DeviceInfo | where DeviceName startswith {prefix} and OSBuild > {build} and Timestamp > ago({age})"
                                + " and OSPlatform !in ({none}) | top 3 by DeviceName asc")
                .bind("prefix", "")
                .bind("build", -1)
                .bind("age", Duration.ofDays(29))
                .bind("none", List.of("\") or 1 == 1 //", "C:\\"));

        List<HuntingRow> rows = all(client.hunting().over(backend).query(query));
        List<Device> devices = all(client.hunting().over(backend).query(query, Device.class));

        assertThat(rows).hasSize(3);
        assertThat(rows).isEqualTo(all(client.hunting().query(query)));
        HuntingRow row = rows.get(0);
        assertThat(row.columns()).extracting("name").contains("Timestamp", "DeviceName", "IsAzureADJoined");
        assertThat(row.toString()).doesNotContain("@odata");
        assertThat(devices.get(0))
                .isEqualTo(new Device(
                        row.text("DeviceName"),
                        row.time("Timestamp"),
                        row.number("OSBuild"),
                        row.bool("IsAzureADJoined")));
        assertThat(row.bool("IsAzureADJoined")).isNotNull();
        assertThat(row.json("LoggedOnUsers").toJava()).isInstanceOf(List.class);
        assertThat(emulator.journal().calls(operation(backend))).isNotEmpty();
        assertThatThrownBy(() -> row.text("deviceName"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("column must be one of [Timestamp, ");
        assertThatThrownBy(() -> row.time("DeviceName"))
                .isInstanceOf(HuntingMappingException.class)
                .hasMessageContaining("not a time");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailBeforeTheFirstRowIfTheColumnsDoNotFit(HuntingBackend backend) {
        for (String rows : List.of("take 5", "take 0")) {
            StepVerifier.create(client.hunting()
                            .over(backend)
                            .query(HuntingQuery.of("DeviceInfo | project DeviceName, OSBuild | " + rows), Wrong.class))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(HuntingMappingException.class)
                            .hasMessageContaining("component osBuild is a Instant, but column OSBuild has type Int64")
                            .hasMessageContaining("component department has no column")
                            .hasMessageContaining("The columns are [DeviceName, OSBuild]"))
                    .verify(Clients.PATIENCE);
        }
        assertThat(emulator.journal().calls(operation(backend))).hasSize(2);
    }

    @Test
    void shouldSendThePeriodToMicrosoftGraphOnly() {
        HuntingQuery query = HuntingQuery.of("AlertInfo | count").over(Duration.ofDays(2));

        long recent = client.hunting().query(query).blockFirst(Clients.PATIENCE).number("Count");
        long month = client.hunting()
                .query(HuntingQuery.of("AlertInfo | count"))
                .blockFirst(Clients.PATIENCE)
                .number("Count");

        assertThat(recent).isPositive().isLessThan(month);
        assertThatThrownBy(() -> client.hunting().over(HuntingBackend.XDR).query(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not have a period with the back end XDR, was PT48H");
    }

    @Test
    void shouldEmitRowsWhileTheResponseArrivesAndReadNoneWithoutDemand() {
        emulator.tenant().hunting("T", rows(50_000));
        emulator.faults().add(Fault.paced(2_000_000).on("runHuntingQuery").always());

        StepVerifier.create(client.hunting().query(HuntingQuery.of("T")), 0)
                .then(() ->
                        assertThat(emulator.journal().calls("runHuntingQuery")).isEmpty())
                .thenRequest(5)
                .expectNextCount(5)
                .thenCancel()
                .verify(Clients.PATIENCE);

        JournalEntry call = emulator.journal().calls("runHuntingQuery").get(0);
        await().atMost(Clients.PATIENCE).until(call::ended);
        assertThat(call.closedEarly()).isTrue();
        assertThat(call.bodyBytes()).isLessThan(1_500_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Query execution has exceeded the allowed result size. Optimize your query | SIZE",
                "400 | Query execution has exceeded the allowed limits. The query execution was preempted | RESOURCES",
                "400 | Query execution has timed out | TIME",
                "400 | 'where' operator: Failed to resolve column or scalar expression named 'X' |",
                "504 | | TIME",
                "503 | |"
            })
    void shouldTellLimitsFromWrongQueries(int status, String text, HuntingLimit limit) {
        String body = "{\"error\":{\"code\":\"BadRequest\",\"message\":\"" + (text == null ? "" : text) + "\"}}";
        emulator.faults()
                .add(Fault.status(status)
                        .body("application/json", body)
                        .on("runHuntingQuery")
                        .always());

        StepVerifier.create(client.withRetry(RetryPolicy.none()).hunting().query(HuntingQuery.of("DeviceInfo")))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(status == 400 ? BadRequestException.class : ServiceException.class);
                    assertThat(HuntingLimit.of(error)).isEqualTo(limit);
                })
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldReportAnExhaustedQuotaWithTheTimeToWait() {
        emulator.faults()
                .add(Fault.throttled(Duration.ofMinutes(15))
                        .on("runHuntingQuery")
                        .always());

        StepVerifier.create(client.hunting().query(HuntingQuery.of("DeviceInfo")))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ThrottledException.class);
                    assertThat(((ThrottledException) error).retryAfter()).isEqualTo(Duration.ofMinutes(15));
                    assertThat(HuntingLimit.of(error)).isEqualTo(HuntingLimit.QUOTA);
                })
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldEndWithAnErrorIfTheConnectionIsLostAfterTheFirstRow() {
        emulator.tenant().hunting("T", rows(5_000));
        emulator.faults().add(Fault.resetAfter(100_000).on("runHuntingQuery"));

        StepVerifier.create(client.hunting().query(HuntingQuery.of("T")).then())
                .expectError(ConnectionException.class)
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("runHuntingQuery")).hasSize(1);
    }

    @Test
    void shouldReportAResultThatIsExactlyFull() {
        emulator.tenant().hunting("T", Collections.nCopies(100_001, Map.of("A", 1)));

        StepVerifier.create(client.hunting().query(HuntingQuery.of("T")))
                .expectNextCount(100_000)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(PossibleTruncationException.class)
                            .hasMessageContaining("exactly 100000 rows")
                            .hasMessageContaining("windows()");
                    assertThat(HuntingLimit.of(error)).isEqualTo(HuntingLimit.ROWS);
                })
                .verify(Clients.PATIENCE);
    }

    private static List<Map<String, Object>> rows(int count) {
        return IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("Id", (long) i, "Text", "row " + i + " of the test"))
                .toList();
    }
}
