package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Dialect;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Findings;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationReader;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Secrets;
import io.github.defenderreactive.codegen.internal.description.Unions;
import io.github.defenderreactive.codegen.internal.description.Version;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The source files that are generated from a description. */
public final class Sources {

    private final Element root;
    private final Packages packages;
    private final Schemas schemas;
    private final Unions unions;
    private final List<OperationDescription> operations;
    private final Findings findings = new Findings();
    private final List<Source> sources = new ArrayList<>();

    public Sources(Element root, Packages packages) {
        // In another version the keywords have another meaning, so nothing else is checked.
        Version.check(root);
        findings.checkFirst(() -> Dialect.check(root));
        findings.checkFirst(() -> Citation.of(root.get("info")));
        this.root = root;
        this.packages = packages;
        this.schemas = new Schemas(root.get("components"));
        schemas.check(findings);
        this.unions = new Unions(schemas, findings);
        this.operations = OperationReader.all(root, schemas, findings);
    }

    Schemas schemas() {
        return schemas;
    }

    Unions unions() {
        return unions;
    }

    List<OperationDescription> operations() {
        return operations;
    }

    /**
     * Returns all source files.
     *
     * @throws DescriptionException with everything that is wrong with the description
     */
    public List<Source> all() {
        models();
        queries();
        // A wrong operation is missing from its group, so the groups are not checked before the operations are right.
        findings.refuse();
        api();
        findings.refuse();
        return List.copyOf(sources);
    }

    private void models() {
        Secrets secrets = new Secrets(schemas);
        ModelView.Factory models = new ModelView.Factory(schemas, packages, unions, secrets);
        packageInfo(packages.model(), "Entities, enumerations and request bodies.");
        List<String> forms = operations.stream()
                .map(OperationDescription::form)
                .filter(Objects::nonNull)
                .toList();
        schemas.all().forEach((name, schema) -> {
            // The class of a form is in the package of the query objects.
            if (!forms.contains(schemas.className(name))) {
                findings.check(() -> model(name, schema, models, secrets));
            }
        });
    }

    private void model(String name, Element schema, ModelView.Factory models, Secrets secrets) {
        Unions.Union union = unions.all().get(name);
        if (Schemas.isEnum(schema)) {
            EnumView view = EnumView.of(name, schema, schemas, packages);
            add(packages.model(), view.name(), "enum", view);
        } else if (union != null) {
            UnionView view = UnionView.of(union, schema, schemas, packages, secrets.of(name));
            add(packages.model(), view.name(), "union", view);
        } else if (Schemas.isObject(schema)) {
            ModelView view = models.view(name, schema);
            add(packages.model(), view.name(), "model", view);
        } else if (!Schemas.isCollection(schema) && !Schemas.isUnion(schema)) {
            // An alias of a type without a class; it is validated only.
            schemas.type(schema);
        }
    }

    private void queries() {
        packageInfo(packages.query(), "Query objects of operations, and the properties that filters may name.");
        findings.check(() -> FieldsView.all(operations, schemas, packages)
                .forEach(view -> add(packages.query(), view.name(), "fields", view)));
        for (OperationDescription operation : operations) {
            if (!operation.queryParameters().isEmpty()) {
                findings.check(() -> query(QueryView.query(operation, packages)));
            }
            if (!operation.formParameters().isEmpty()) {
                findings.check(() -> query(QueryView.form(operation, packages)));
            }
        }
    }

    private void query(QueryView view) {
        add(packages.query(), view.name(), "query", view);
    }

    private void api() {
        packageInfo(packages.api(), "The operations of the API, by group.");
        findings.check(() -> add(packages.api(), "Operations", "operations", OperationsView.of(operations, packages)));
        List<OperationDescription> exports = operations.stream()
                .filter(operation -> operation.files().isPresent())
                .toList();
        if (!exports.isEmpty()) {
            findings.check(() -> add(
                    packages.api(),
                    FileExportsView.NAME,
                    "file-exports",
                    FileExportsView.of(exports, schemas, packages)));
        }
        List<Group> groups = findings.get(() -> Group.all(root, operations)).orElse(List.of());
        for (Group group : groups) {
            findings.check(() -> add(packages.api(), group.type(), "group", GroupView.of(group, packages)));
            findings.check(() -> {
                GroupOperationsView created = GroupOperationsView.of(group, schemas, packages);
                add(packages.api(), created.name(), "group-operations", created);
            });
        }
        EntryView entry = EntryView.of(root, groups, packages);
        add(packages.api(), entry.name(), "entry", entry);
    }

    private void packageInfo(String packageName, String text) {
        add(packageName, "package-info", "package-info", Map.of("packageName", packageName, "text", text));
    }

    private void add(String packageName, String className, String template, Object view) {
        sources.add(new Source(packageName, className, template + ".mustache", view));
    }
}
