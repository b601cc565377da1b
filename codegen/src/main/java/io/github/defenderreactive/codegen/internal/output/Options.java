package io.github.defenderreactive.codegen.internal.output;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenConfig;
import org.openapitools.codegen.config.GlobalSettings;

/**
 * The options of the framework. Most have no effect on generated code, because the generator reads the description
 * itself. One that is set and has no effect is refused, because the user would not see why the result is as before.
 */
public final class Options {

    /** What the framework sets by itself. */
    private static final Set<String> OF_FRAMEWORK = Set.of(
            "closebrace",
            "excludeTests",
            "generateApiDocs",
            "generateApiTests",
            "generateModelDocs",
            "generateModelTests",
            "generateRecursiveDependentModels",
            "generateWebhooks",
            "generatedDate",
            "generatedYear",
            "generatorClass",
            "generatorVersion",
            "gitHost",
            "gitRepoId",
            "gitUserId",
            "hideGenerationTimestamp",
            "lambda",
            "openbrace",
            "releaseNote",
            "templateDir");

    /** What the framework sets to true, and a user to false. */
    private static final Set<String> SWITCHES = Set.of("generateApis", "generateModels");

    private final CodegenConfig given;
    private final List<String> findings = new ArrayList<>();

    private Options(CodegenConfig given) {
        this.given = given;
    }

    /**
     * Refuses options without an effect.
     *
     * @param given the generator before it has processed its options
     * @param defaults a generator without options
     * @param known the names of the properties that the generator reads
     * @throws DescriptionException with all of them
     */
    public static void check(CodegenConfig given, CodegenConfig defaults, Collection<String> known) {
        Options options = new Options(given);
        options.properties(known);
        options.mapping("typeMappings", given.typeMapping(), defaults.typeMapping());
        options.mapping("importMappings", given.importMapping(), defaults.importMapping());
        options.mapping("schemaMappings", given.schemaMapping(), defaults.schemaMapping());
        options.mapping("inlineSchemaNameMappings", given.inlineSchemaNameMapping(), Map.of());
        options.mapping("inlineSchemaOptions", given.inlineSchemaOption(), Map.of());
        options.mapping("nameMappings", given.nameMapping(), Map.of());
        options.mapping("parameterNameMappings", given.parameterNameMapping(), Map.of());
        options.mapping("modelNameMappings", given.modelNameMapping(), Map.of());
        options.mapping("enumNameMappings", given.enumNameMapping(), Map.of());
        options.mapping("operationIdNameMappings", given.operationIdNameMapping(), Map.of());
        options.mapping("instantiationTypes", given.instantiationTypes(), defaults.instantiationTypes());
        options.mapping("reservedWordsMappings", given.reservedWordsMappings(), defaults.reservedWordsMappings());
        options.mapping("openapiNormalizer", given.openapiNormalizer(), Map.of());
        Set<String> primitives = new LinkedHashSet<>(given.languageSpecificPrimitives());
        primitives.removeAll(defaults.languageSpecificPrimitives());
        options.texts("languageSpecificPrimitives", primitives);
        options.texts("openapiGeneratorIgnoreList", given.openapiGeneratorIgnoreList());
        for (String kind : List.of("apis", "models", "supportingFiles")) {
            String value = GlobalSettings.getProperty(kind);
            if (value != null && !value.isEmpty()) {
                options.find(kind + " = " + value);
            }
        }
        if (given.getIgnoreFilePathOverride() != null) {
            options.find("ignoreFileOverride = " + given.getIgnoreFilePathOverride());
        }
        if (!options.findings.isEmpty()) {
            throw new DescriptionException(options.findings);
        }
    }

    private void properties(Collection<String> known) {
        given.additionalProperties().forEach((name, value) -> {
            boolean isDefault = SWITCHES.contains(name) && Boolean.TRUE.equals(value);
            if (!known.contains(name) && !OF_FRAMEWORK.contains(name) && !isDefault) {
                find(name + " = " + value);
            }
        });
    }

    private void mapping(String option, Map<String, String> values, Map<String, String> defaults) {
        values.forEach((from, to) -> {
            if (!to.equals(defaults.get(from))) {
                find(option + ", " + from + " = " + to);
            }
        });
    }

    private void texts(String option, Collection<String> values) {
        values.forEach(value -> find(option + ", " + value));
    }

    private void find(String option) {
        findings.add("option " + option + ": has no effect on this generator; remove it, and change names or select"
                + " operations in the description or with an overlay");
    }
}
