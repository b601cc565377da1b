package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.SourceFiles;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.Packages;
import io.github.defenderreactive.codegen.internal.normalize.Normalized;
import io.github.defenderreactive.codegen.internal.output.Header;
import io.github.defenderreactive.codegen.internal.output.Options;
import io.github.defenderreactive.codegen.internal.output.SourceFolder;
import io.github.defenderreactive.codegen.internal.output.Templates;
import io.github.defenderreactive.codegen.internal.view.Source;
import io.github.defenderreactive.codegen.internal.view.Sources;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenConstants;
import org.openapitools.codegen.CodegenType;
import org.openapitools.codegen.TemplateManager;
import org.openapitools.codegen.api.TemplatePathLocator;
import org.openapitools.codegen.languages.AbstractJavaCodegen;
import org.openapitools.codegen.templating.CommonTemplateContentLocator;
import org.openapitools.codegen.templating.GeneratorTemplateContentLocator;
import org.openapitools.codegen.templating.TemplateManagerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenAPI Generator extension that writes models, query objects and stubs over the defender-reactive runtime.
 *
 * <p>Input is one OpenAPI 3.0 or 3.1 file (see {@link Bundler} for several files). It is first rewritten to the dialect of
 * this project: named schemas, no inline objects, and the {@code x-defender-} extensions on every operation. Each decision
 * that assumes something is logged. What cannot be generated
 * fails the build with a message that names the operation or schema and its JSON pointer. The
 * generator reads the file itself, because the parsed form of the framework loses siblings of references and drops
 * elements that it cannot map. The framework validates the file, reads options and template overrides, and does not
 * rewrite unchanged files with {@code minimalUpdate}.
 *
 * <p>Options: {@code apiPackage}, {@code modelPackage}, {@code queryPackage} (default: {@code query} beside the API
 * package) and {@code sourceFolder}. An option of the framework that would have no effect is refused. Java files that an earlier run with the same API package wrote to the output folder,
 * and that this run does not generate, are deleted, and each deletion is logged. Files of runs with other API packages
 * are not touched. The folder {@code .defender-reactive} of the output folder lists the files of each API package.
 *
 * @since 0.1.0
 */
public final class DefenderReactiveCodegen extends AbstractJavaCodegen {

    private static final Logger LOG = LoggerFactory.getLogger(DefenderReactiveCodegen.class);
    static final String QUERY_PACKAGE = "queryPackage";
    private static final Set<String> OPTIONS = Set.of(
            CodegenConstants.API_PACKAGE,
            CodegenConstants.MODEL_PACKAGE,
            QUERY_PACKAGE,
            CodegenConstants.SOURCE_FOLDER);

    private final @Nullable Description description;
    private String queryPackage = "";

    /** Creates a generator with default options. */
    public DefenderReactiveCodegen() {
        this(null);
    }

    /** Creates a generator that reads the input file, or one for a description that is already read. */
    DefenderReactiveCodegen(@Nullable Description description) {
        this.description = description;
        embeddedTemplateDir = "defender-reactive";
        templateDir = "defender-reactive";
        sourceFolder = "src/main/java";
        apiPackage = "io.github.defenderreactive.client.api";
        modelPackage = "io.github.defenderreactive.client.model";
        hideGenerationTimestamp = true;
        // The options of the framework have no effect on this generator.
        cliOptions.clear();
        addOption(CodegenConstants.API_PACKAGE, "package of operations", apiPackage);
        addOption(CodegenConstants.MODEL_PACKAGE, "package of models", modelPackage);
        addOption(QUERY_PACKAGE, "package of query objects and field constants", "query beside the API package");
        addOption(CodegenConstants.SOURCE_FOLDER, "folder of the sources in the output folder", sourceFolder);
    }

    @Override
    public String getName() {
        return "defender-reactive";
    }

    @Override
    public CodegenType getTag() {
        return CodegenType.CLIENT;
    }

    @Override
    public String getHelp() {
        return "Generates a reactive Java client over the defender-reactive runtime.";
    }

    @Override
    public String toModelName(String name) {
        return JavaNames.type(name);
    }

    @Override
    public void processOpts() {
        Options.check(this, new DefenderReactiveCodegen(), OPTIONS);
        super.processOpts();
        // This class writes all files; the framework must not add any.
        modelTemplateFiles.clear();
        modelTestTemplateFiles.clear();
        modelDocTemplateFiles.clear();
        apiTemplateFiles.clear();
        apiTestTemplateFiles.clear();
        apiDocTemplateFiles.clear();
        supportingFiles.clear();
        Object configured = additionalProperties.get(QUERY_PACKAGE);
        queryPackage = configured == null
                ? apiPackage.substring(0, apiPackage.lastIndexOf('.') + 1) + "query"
                : configured.toString();
    }

    @Override
    public void processOpenAPI(OpenAPI parsed) {
        if (description != null) {
            generate(description.document(), description::located);
            return;
        }
        Path file = inputFile();
        SourceFiles files = new SourceFiles(file);
        generate(files.document(file), finding -> finding.in(files.locations(file, finding.places())));
    }

    private void generate(ObjectNode document, UnaryOperator<DescriptionException> located) {
        try {
            Normalized normalized = Normalized.of(document);
            normalized.notes(located).forEach(LOG::info);
            generate(normalized);
        } catch (DescriptionException e) {
            throw located.apply(e);
        }
    }

    private void generate(Normalized normalized) {
        Packages packages = new Packages(modelPackage, queryPackage, apiPackage);
        TemplateManager manager = new TemplateManager(
                new TemplateManagerOptions(isEnableMinimalUpdate(), isSkipOverwrite()),
                new Templates(),
                new TemplatePathLocator[] {new GeneratorTemplateContentLocator(this), new CommonTemplateContentLocator()
                });
        List<Source> sources = normalized.check(root -> new Sources(root, packages).all());
        String header = normalized.check(Header::of);
        Templates templates = new Templates();
        SourceFolder folder = new SourceFolder(Path.of(getOutputDir()), sourceFolder, apiPackage);
        for (Source source : sources) {
            folder.add(
                    source.path(),
                    templates.compileTemplate(
                            manager, Map.of("header", header, "file", source.view()), source.template()));
        }
        try {
            folder.write((file, text) -> manager.writeToFile(file.toString(), text.getBytes(StandardCharsets.UTF_8)))
                    .forEach(file -> LOG.info("deleted {}, which is no longer generated", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void postProcess() {
        // The framework prints an advertisement in this method.
    }

    /** The framework's form of the description is not used, and its normalizer hangs on deep schemas. */
    @Override
    public boolean getUseOpenapiNormalizer() {
        return false;
    }

    @Override
    public boolean getUseInlineModelResolver() {
        return false;
    }

    private Path inputFile() {
        String input = getInputSpec();
        if (input == null) {
            throw new DescriptionException("inputSpec is missing");
        }
        if (input.startsWith("file:")) {
            return Path.of(URI.create(input)).toAbsolutePath().normalize();
        }
        if (!new File(input).isFile()) {
            throw new DescriptionException("inputSpec must be a file: " + input);
        }
        return Path.of(input).toAbsolutePath().normalize();
    }
}
