package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpenEnumTest {

    private static final List<Word> WORDS = List.of(new Word("High"), new Word("HIGH"), new Word("INFORMATIONAL"));

    private record Word(String value) implements OpenEnum {
        @Override
        public boolean isKnown() {
            return true;
        }
    }

    @Test
    void shouldFindAValueInAnyLetterCaseAndPreferItsOwn() {
        assertThat(OpenEnum.find(WORDS, "High")).contains(new Word("High"));
        assertThat(OpenEnum.find(WORDS, "HIGH")).contains(new Word("HIGH"));
        assertThat(OpenEnum.find(WORDS, "high")).contains(new Word("High"));
        assertThat(OpenEnum.find(WORDS, "hi")).isEmpty();
        assertThat(OpenEnum.find(WORDS, "")).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> OpenEnum.find(WORDS, null));
    }

    @Test
    void shouldNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(OpenEnum.find(WORDS, "informational")).contains(new Word("INFORMATIONAL"));
            assertThat(OpenEnum.find(WORDS, "\u0131nformational")).isEmpty();
        } finally {
            Locale.setDefault(before);
        }
    }
}
