package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoredTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ type: apiKey, in: query, name: key } | the API key in the query is not sent; use it in a header, if the"
                        + " service accepts it there.",
                "{ type: apiKey, in: cookie, name: key } | the API key in the cookie is not sent; use it in a header, if the"
                        + " service accepts it there.",
                "{ type: apiKey, in: header, name: key } |",
                "{ type: http, scheme: basic } |",
                "{ type: oauth2, flows: {} } |",
            })
    void shouldNoteAnAuthorizationThatIsNotSent(String scheme, String note) {
        Normalized normalized = Bakery.of("{}", "{ securitySchemes: { Key: " + scheme + " } }");

        assertThat(Bakery.notes(normalized))
                .filteredOn(text -> text.startsWith("#/components"))
                .isEqualTo(note == null ? List.of() : List.of("#/components/securitySchemes/Key: " + note));
    }
}
