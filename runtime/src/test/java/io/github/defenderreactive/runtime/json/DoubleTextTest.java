package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "4.0, 4",
        "-7.0, -7",
        "7.5, 7.5",
        "0.1, 0.1",
        "1.0E15, 1000000000000000",
        "9.007199254740991E15, 9007199254740991",
        "1.0E23, 1E23",
        "1.5E-7, 1.5E-7",
        "1.0E-5, 1E-5"
    })
    void shouldBePlainWherePossible(double value, String text) {
        assertThat(DoubleText.format(value)).isEqualTo(text);
    }

    @Test
    void shouldBeShortestAndExact() {
        Random random = new Random(11);
        double[] special = {
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            2e-44,
            2.0E-3,
            8.41E21,
            2.2E-322,
            1e22,
            5e-324,
            9007199254740992.0,
            9007199254740994.0,
            1.2345678901234567e300
        };
        for (int i = 0; i < 20_000; i++) {
            double value = i < special.length
                    ? special[i]
                    : i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt() / 1000.0;
            if (!Double.isFinite(value)) {
                continue;
            }
            String text = DoubleText.format(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            assertThat(JsonValue.of(text).json()).isEqualTo(text);
            assertThat(digits(text)).as(text).isLessThanOrEqualTo(digits(DoubleToDecimal.toString(value)));
        }
    }

    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }
}
