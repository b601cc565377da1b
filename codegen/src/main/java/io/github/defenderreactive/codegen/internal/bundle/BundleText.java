package io.github.defenderreactive.codegen.internal.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.util.regex.Pattern;

/** Writes a bundle as text, with the same bytes for the same tree on every machine. */
public final class BundleText {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .stringQuotingChecker(new PlainWords())
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(INDENT)
                    .withArrayIndenter(INDENT))
            .build();

    private BundleText() {}

    public static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new DescriptionException("cannot be written as YAML: " + e.getOriginalMessage(), e);
        }
    }

    public static String json(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new DescriptionException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Omits quotes only where every version of YAML reads a text. */
    private static final class PlainWords extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;
        private static final Pattern PLAIN_NAME = Pattern.compile("[$/A-Za-z_][/A-Za-z0-9_.{}()='-]*");
        private static final Pattern PLAIN_VALUE = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_./,;()$'-]| (?=[^ #]))*");

        @Override
        public boolean needToQuoteName(String name) {
            return isReservedKeyword(name) || !PLAIN_NAME.matcher(name).matches();
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return isReservedKeyword(value) || !PLAIN_VALUE.matcher(value).matches();
        }
    }
}
