package io.github.defenderreactive.runtime.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.json.OpenEnum;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final TextField NAME = new TextField("computerDnsName");
    private static final EnumField<Level> LEVEL = new EnumField<>("severity");
    private static final TimeField TIME = new TimeField("lastUpdateTime");
    private static final DecimalField SCORE = new DecimalField("cvssV3");
    private static final NumberField INCIDENT = new NumberField("incidentId");

    @Test
    void shouldDoubleQuotesInsideText() {
        assertThat(NAME.eq("O'Brien's laptop").expression()).isEqualTo("computerDnsName eq 'O''Brien''s laptop'");
    }

    @Test
    void shouldNotLetTextBecomePartOfTheFilter() {
        assertThat(NAME.startsWith("x') or ('a' eq 'a").expression())
                .isEqualTo("startswith(computerDnsName,'x'') or (''a'' eq ''a')");
    }

    @Test
    void shouldSendTimesInUtcWithoutOffset() {
        assertThat(TIME.ge(Instant.parse("2026-03-04T05:06:07.123456789Z")).expression())
                .isEqualTo("lastUpdateTime ge 2026-03-04T05:06:07.1234567Z");
        assertThat(TIME.lt(Instant.parse("2026-03-04T05:06:07Z")).expression())
                .isEqualTo("lastUpdateTime lt 2026-03-04T05:06:07Z");
    }

    @Test
    void shouldQuoteEnumValuesInTheirWireSpelling() {
        assertThat(LEVEL.ne(new Level("High")).expression()).isEqualTo("severity ne 'High'");
    }

    @Test
    void shouldWriteNumbersAsWholeNumbers() {
        assertThat(INCIDENT.gt(12_000_000_000L).expression()).isEqualTo("incidentId gt 12000000000");
    }

    @Test
    void shouldWriteDecimalsWithoutAnExponent() {
        assertThat(SCORE.ge(7.8).expression()).isEqualTo("cvssV3 ge 7.8");
        assertThat(SCORE.lt(1.5e-7).expression()).isEqualTo("cvssV3 lt 0.00000015");
        assertThat(SCORE.le(1e9).expression()).isEqualTo("cvssV3 le 1000000000");
        assertThatThrownBy(() -> SCORE.gt(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepPrecedenceByParentheses() {
        Filter either = INCIDENT.eq(1L).or(INCIDENT.eq(2L));
        assertThat(LEVEL.eq(new Level("Low")).and(either).expression())
                .isEqualTo("severity eq 'Low' and (incidentId eq 1 or incidentId eq 2)");
        assertThat(Filter.raw("a eq 1 or b eq 2").and(INCIDENT.eq(3L)).expression())
                .isEqualTo("(a eq 1 or b eq 2) and incidentId eq 3");
    }

    @Test
    void shouldRefuseABlankRawFilter() {
        assertThatThrownBy(() -> Filter.raw(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAnEnumValueThatIsNotDocumented() {
        EnumField<Level> level = new EnumField<>("severity", List.of(new Level("Low"), new Level("High")));

        assertThatThrownBy(() -> level.eq(new Level("high")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("severity has no documented value \"high\", only \"High\". Documented values are Low, High."
                        + " Call known(text) to find a value in any letter case, or allowingUnknown() to send"
                        + " this one");
        assertThatThrownBy(() -> level.ne(new Level("Critical")))
                .hasMessageStartingWith("severity has no documented value \"Critical\". Documented");
        assertThatThrownBy(() -> LEVEL.eq(new Level("x\ny" + "z".repeat(100))))
                .hasMessageStartingWith("severity has no documented value \"x\\nyzzz")
                .hasMessageContaining("zzz...\". Call known");
    }

    @Test
    void shouldSendAnyEnumValueWhenAskedTo() {
        assertThat(LEVEL.allowingUnknown().eq(new Level("Critical")).expression())
                .isEqualTo("severity eq 'Critical'");
        assertThat(LEVEL.allowingUnknown().name()).isEqualTo("severity");
    }

    private record Level(String value) implements OpenEnum {
        @Override
        public boolean isKnown() {
            return value.equals("Low") || value.equals("High");
        }
    }
}
