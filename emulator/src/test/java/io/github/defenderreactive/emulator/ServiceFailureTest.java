package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.http.StartedBody;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emulator cannot answer is a 500 with its reason, and a malformed request a refusal, never a broken connection. */
class ServiceFailureTest {

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(100));

    @Test
    void shouldAnswerAnyFailureWithItsReason() {
        AtomicInteger call = new AtomicInteger();
        caller.tenant().hunting(query -> {
            switch (call.getAndIncrement()) {
                case 0 -> throw new IllegalStateException("the tide is out");
                case 1 -> throw new AssertionError("the tide is in");
                case 2 -> throw new ExceptionInInitializerError("no tide at all");
                default -> {
                    return endless(1);
                }
            }
        });

        for (String reason : List.of("the tide is out", "the tide is in", "no tide at all", "StackOverflowError")) {
            ServiceCaller.Answer answer = caller.post("/api/advancedqueries/run", "{\"Query\":\"x\"}");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.errorCode()).isEqualTo("EmulatorFailure");
            assertThat(answer.errorMessage()).contains(reason);
        }
        assertThat(caller.service().journal().calls("runAdvancedQuery"))
                .extracting(JournalEntry::status)
                .containsOnly(500);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static List<Object> endless(int depth) {
        return endless(depth + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/alerts/%zz",
                "/api/alerts?$filter=%",
                "/%zz/oauth2/v2.0/token",
                "/api/machines/%/alerts",
                "/safedownload/%zz.json?sig=%",
                "/nowhere",
                ""
            })
    void shouldRefuseAMalformedRequest(String target) {
        assertThat(caller.get(target).status()).isBetween(400, 499);
    }

    @Test
    void shouldCloseABodyThatCannotBegin() {
        AtomicInteger closed = new AtomicInteger();
        ResponseBody broken = new ResponseBody() {
            @Override
            public byte[] next() {
                throw new IllegalStateException("no first piece");
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        assertThatThrownBy(() -> StartedBody.of(broken)).hasMessage("no first piece");
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldReadAStartedBodyFromItsBeginning() {
        ResponseBody body = StartedBody.of(ResponseBody.of(new byte[] {1, 2}));

        assertThat(body.next()).containsExactly(1, 2);
        assertThat(body.next()).isNull();
        assertThat(StartedBody.of(ResponseBody.of(new byte[0])).next()).isNull();
    }

    @Test
    void shouldSayWhatAnEntityHolds() {
        assertThat(new Entity().with("host", "quay").with("sub", new Entity().with("a", 1)))
                .hasToString("{host=quay, sub={a=1}}");
        assertThat(caller.tenant().alerts().get(caller.tenant().alertId(0)))
                .extractingByKey("loggedOnUsers")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .allSatisfy(user -> assertThat(user).isInstanceOf(Map.class));
    }
}
