package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.bundle.SourceMap;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Findings;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.Packages;
import io.github.defenderreactive.codegen.internal.normalize.Normalized;
import io.github.defenderreactive.codegen.internal.overlay.Overlay;
import io.github.defenderreactive.codegen.internal.overlay.Overlays;
import io.github.defenderreactive.codegen.internal.overlay.UnusedAction;
import io.github.defenderreactive.codegen.internal.view.Sources;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openapitools.codegen.ClientOptInput;
import org.openapitools.codegen.CodegenConstants;
import org.openapitools.codegen.DefaultGenerator;

/**
 * A description of an API: an OpenAPI 3.0 or 3.1 document of one or more files, changed by overlays.
 *
 * <p>Only files below the folder of the document are read, and never the network. Errors name file, line, column and
 * JSON pointer, and all of them at once.
 *
 * @since 0.1.0
 */
public final class Description {

    private final ObjectNode document;
    private final SourceMap sourceMap;
    private final Map<Pointer, Origin> overlaid;
    private final List<String> warnings;

    private Description(
            ObjectNode document, SourceMap sourceMap, Map<Pointer, Origin> overlaid, List<String> warnings) {
        this.document = document;
        this.sourceMap = sourceMap;
        this.overlaid = overlaid;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a description.
     *
     * @param file the root document, YAML or JSON
     * @param overlays documents of the OpenAPI Overlay Specification 1.0 or 1.1, applied in this order to the document
     *     after its files are joined
     * @return the description
     * @throws DescriptionException if a file cannot be read, a reference cannot be resolved, or an overlay does not fit
     */
    public static Description read(Path file, List<Path> overlays) {
        Bundle bundle = new Bundle(file);
        ObjectNode document = bundle.build();
        if (overlays.isEmpty()) {
            return new Description(document, bundle.sourceMap(), Map.of(), List.of());
        }
        Findings findings = new Findings();
        List<Overlay> read = overlays.stream()
                .flatMap(overlay -> findings.get(() -> Overlay.read(overlay)).stream())
                .toList();
        findings.refuse();
        Overlays.Result result = Overlays.apply(document, read);
        return new Description(
                result.document(),
                bundle.sourceMap(),
                result.origins(),
                result.unused().stream().map(UnusedAction::message).toList());
    }

    /**
     * Returns the warnings: the actions of overlays whose target selects nothing.
     *
     * @return the warnings, each with its place
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Returns the decisions of the generator that assume something the description does not say, or do without something
     * it says: derived names, defaults, and values without a type of Java.
     *
     * @return the decisions, each with its place
     * @throws DescriptionException if the version of the description is not read
     */
    public List<String> notes() {
        try {
            return Normalized.of(document).notes(this::located);
        } catch (DescriptionException e) {
            throw located(e);
        }
    }

    /**
     * Checks whether code can be generated.
     *
     * @throws DescriptionException with everything that is wrong
     */
    public void check() {
        try {
            Normalized.of(document).check(root -> new Sources(root, new Packages("model", "query", "api")).all());
        } catch (DescriptionException e) {
            throw located(e);
        }
    }

    /**
     * Generates the client. Writes only files whose content has changed, deletes files that an earlier run with the same
     * API package wrote and this one does not, and logs the {@linkplain #notes() decisions}.
     *
     * @param output the folder of the sources
     * @param apiPackage the package of the operations
     * @param modelPackage the package of the models
     * @param queryPackage the package of the query objects
     * @throws DescriptionException with everything that is wrong with the description; no file is written then
     */
    public void generate(Path output, String apiPackage, String modelPackage, String queryPackage) {
        DefenderReactiveCodegen generator = new DefenderReactiveCodegen(this);
        generator.setOutputDir(output.toString());
        generator.setEnableMinimalUpdate(true);
        generator
                .additionalProperties()
                .putAll(Map.of(
                        CodegenConstants.API_PACKAGE, apiPackage,
                        CodegenConstants.MODEL_PACKAGE, modelPackage,
                        DefenderReactiveCodegen.QUERY_PACKAGE, queryPackage,
                        CodegenConstants.SOURCE_FOLDER, ""));
        DefaultGenerator framework = new DefaultGenerator();
        framework.setGenerateMetadata(false);
        // The generator reads the description itself; an empty one spares the framework a second reading.
        framework.opts(
                new ClientOptInput().openAPI(new OpenAPI().paths(new Paths())).config(generator));
        framework.generate();
    }

    /**
     * Writes the description as one YAML document, after the overlays. A file with the same content is not written.
     *
     * @param file the file to write
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Bundler.writeIfChanged(file, BundleText.yaml(document));
    }

    ObjectNode document() {
        return document;
    }

    /** Returns a finding with its places in the files of the description, or the overlay that added them. */
    DescriptionException located(DescriptionException finding) {
        Function<Pointer, String> inFiles = sourceMap.locations(finding.places());
        return finding.in(place -> {
            Origin origin = origin(place);
            if (!origin.added().isEmpty()) {
                return origin.added();
            }
            String changed = origin.changed().isEmpty() ? "" : ", changed by " + String.join(", ", origin.changed());
            return inFiles.apply(place) + changed;
        });
    }

    private Origin origin(Pointer place) {
        List<String> segments = place.segments();
        for (int length = segments.size(); length > 0; length--) {
            Origin origin = overlaid.get(new Pointer(segments.subList(0, length)));
            if (origin != null) {
                return origin;
            }
        }
        return new Origin("", List.of());
    }
}
