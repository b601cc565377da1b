package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CliOption;

/** The options of the framework, most of which this generator cannot honour. */
class OptionsTest {

    private final DefenderReactiveCodegen generator = new DefenderReactiveCodegen();

    @Test
    void shouldListTheOptionsThatHaveAnEffect() {
        assertThat(generator.cliOptions())
                .extracting(CliOption::getOpt)
                .containsExactly("apiPackage", "modelPackage", "queryPackage", "sourceFolder");
    }

    @Test
    void shouldRefuseOptionsWithoutAnEffect() {
        generator.additionalProperties().put("useOptional", "true");
        generator.additionalProperties().put("sourceFolder", "src");
        generator.nameMapping().put("id", "identifier");
        generator.typeMapping().put("date", "MyDate");
        generator.openapiNormalizer().put("FILTER", "tag:plants");

        String remedy = ": has no effect on this generator; remove it, and change names or select operations in the"
                + " description or with an overlay";
        assertThatThrownBy(generator::processOpts)
                .isInstanceOf(DescriptionException.class)
                .hasMessage(String.join(
                        "\n  ",
                        "4 findings:",
                        "option useOptional = true" + remedy,
                        "option typeMappings, date = MyDate" + remedy,
                        "option nameMappings, id = identifier" + remedy,
                        "option openapiNormalizer, FILTER = tag:plants" + remedy));
    }
}
