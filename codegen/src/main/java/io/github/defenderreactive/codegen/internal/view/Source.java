package io.github.defenderreactive.codegen.internal.view;

/**
 * A file to generate.
 *
 * @param packageName its package
 * @param className its class, or {@code package-info}
 * @param template the template that renders it
 * @param view what the template sees
 */
public record Source(String packageName, String className, String template, Object view) {

    public String path() {
        return packageName.replace('.', '/') + "/" + className + ".java";
    }
}
