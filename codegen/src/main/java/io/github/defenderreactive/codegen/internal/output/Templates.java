package io.github.defenderreactive.codegen.internal.output;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;
import java.util.Map;
import org.openapitools.codegen.api.TemplatingEngineAdapter;
import org.openapitools.codegen.api.TemplatingExecutor;

/** Mustache without escaping, which fails on a name that the view does not have. */
public final class Templates implements TemplatingEngineAdapter {

    private static final String[] EXTENSIONS = {"mustache"};

    @Override
    public String getIdentifier() {
        return "defender-reactive-mustache";
    }

    @Override
    public String[] getFileExtensions() {
        return EXTENSIONS.clone();
    }

    @Override
    public String compileTemplate(TemplatingExecutor executor, Map<String, Object> view, String templateFile) {
        return Mustache.compiler()
                .escapeHTML(false)
                .strictSections(true)
                .withLoader(name -> new StringReader(executor.getFullTemplateContents(name + ".mustache")))
                .compile(executor.getFullTemplateContents(templateFile))
                .execute(view);
    }
}
