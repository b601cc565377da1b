package io.github.defenderreactive.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.internal.retry.RetryBudget;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits and budgets. */
class RetryPolicyTest {

    @ParameterizedTest
    @CsvSource({"1,200", "2,400", "3,800", "7,12800", "8,20000", "100,20000", "2147483647,20000"})
    void shouldDoubleTheBoundUpToTheLargest(int failures, long millis) {
        assertThat(backoff(RetryPolicy.defaults()).delay(failures, 1.0)).isEqualTo(Duration.ofMillis(millis));
        assertThat(backoff(RetryPolicy.defaults()).delay(failures, 0.5)).isEqualTo(Duration.ofMillis(millis / 2));
        assertThat(backoff(RetryPolicy.defaults()).delay(failures, 0.0)).isZero();
    }

    @Test
    void shouldSpreadItsWaitsOverTheWholeBound() {
        Random random = new Random(815);
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            long nanos = backoff(RetryPolicy.defaults())
                    .delay(3, random.nextDouble())
                    .toNanos();
            tenths[(int) (nanos / Duration.ofMillis(80).toNanos())]++;
        }

        assertThat(tenths)
                .satisfies(counts -> assertThat(
                                java.util.Arrays.stream(counts).boxed().toList())
                        .allSatisfy(count -> assertThat(count).isBetween(900, 1100)));
    }

    @Test
    void shouldWaitNotAtAllWhenTheBaseIsZero() {
        RetryPolicy policy = RetryPolicy.builder().baseDelay(Duration.ZERO).build();

        assertThat(backoff(policy).delay(50, 1.0)).isZero();
    }

    @Test
    void shouldHaveTheDocumentedDefaults() {
        assertThat(RetryPolicy.defaults().maxAttempts()).isEqualTo(4);
        assertThat(RetryPolicy.defaults().retryBudget()).isEqualTo(100);
        assertThat(RetryPolicy.none().maxAttempts()).isEqualTo(1);
        assertThat(RetryPolicy.defaults().notFoundRetries()).isZero();
    }

    @Test
    void shouldRefuseSettingsWithoutMeaning() {
        assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.builder().baseDelay(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.builder().notFoundRetries(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.builder().retryBudget(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSpendFiveTokensForARepeatAndGetThemBackOnSuccess() {
        RetryBudget budget = new RetryBudget(2);

        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isFalse();
        assertThat(budget.tokens()).isZero();
        budget.succeeded(false);
        assertThat(budget.tokens()).isEqualTo(1);
        budget.succeeded(true);
        budget.succeeded(true);
        assertThat(budget.tokens()).isEqualTo(10);
    }

    @Test
    void shouldNameTheArgumentAndItsLimit() {
        assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0)).hasMessage("maxAttempts must be >= 1, was 0");
        assertThatThrownBy(() -> RetryPolicy.builder().maxDelay(Duration.ofSeconds(-1)))
                .hasMessage("maxDelay must not be negative, was PT-1S");
    }

    @Test
    void shouldKeepEveryValueInACopy() {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(7)
                .baseDelay(Duration.ofSeconds(1))
                .maxDelay(Duration.ofSeconds(9))
                .retryBudget(3)
                .notFoundRetries(2)
                .build()
                .mutate()
                .build();
        assertThat(policy.maxAttempts()).isEqualTo(7);
        assertThat(policy.baseDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.maxDelay()).isEqualTo(Duration.ofSeconds(9));
        assertThat(policy.retryBudget()).isEqualTo(3);
        assertThat(policy.notFoundRetries()).isEqualTo(2);
    }

    private static Backoff backoff(RetryPolicy policy) {
        return Backoff.fullJitter(policy.baseDelay(), policy.maxDelay());
    }
}
