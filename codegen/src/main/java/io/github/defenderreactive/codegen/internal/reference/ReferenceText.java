package io.github.defenderreactive.codegen.internal.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.OperationReader;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference of operations in Markdown, written from the descriptions. */
public final class ReferenceText {

    private static final Pattern CODE_OR_MARKUP = Pattern.compile("`[^`]*`|[<*]");

    private final StringBuilder contents = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    private ReferenceText() {}

    public static String of(List<ObjectNode> bundles) {
        ReferenceText reference = new ReferenceText();
        int count = 0;
        for (ObjectNode bundle : bundles) {
            count += reference.api(Element.root(bundle));
        }
        return """
                # Operations

                The %s operations of all APIs, with the permissions, the quota and the paging of each, and a call with the
                [`defender` command](command.md) and from Java, where `client` is a `DefenderClient`. This page is generated
                from the descriptions in `api-spec`; do not edit it.
                %s%s""".formatted(number(count), reference.contents, reference.text);
    }

    private int api(Element root) {
        Schemas schemas = new Schemas(root.get("components"));
        List<OperationDescription> operations = OperationReader.all(root, schemas);
        Element info = root.get("info");
        String title = info.text("title", "");
        contents.append("\n**")
                .append(title)
                .append("** (`")
                .append(root.need("x-defender-api").text())
                .append("`)\n\n");
        heading(2, title);
        paragraph(info.text("description", ""));
        CallExample examples = new CallExample(schemas);
        String entry = root.text("x-defender-entry", "client");
        for (Group group : Group.all(root, operations)) {
            contents.append("- ")
                    .append(group.tag())
                    .append(": ")
                    .append(group.operations().stream()
                            .map(operation -> "[" + operation.id() + "](#"
                                    + operation.id().toLowerCase(Locale.ROOT) + ")")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
            heading(3, group.tag());
            paragraph(group.description());
            for (OperationDescription operation : group.operations()) {
                operation(operation, examples, CallExample.java(entry, group, operation));
            }
        }
        List<String> undocumented = UndocumentedMembers.of(schemas, info);
        if (!undocumented.isEmpty()) {
            heading(3, "Undocumented members of " + title);
            paragraph(
                    "Responses contain these members, or are expected to, although the service does not document them.");
            text.append('\n');
            undocumented.forEach(this::line);
        }
        return operations.size();
    }

    private void operation(OperationDescription operation, CallExample examples, String java) {
        heading(4, operation.id());
        paragraph(operation.summary());
        if (operation.deprecated()) {
            paragraph("Deprecated: " + operation.deprecation());
        }
        List.of(operation.description().split("\n\\s*\n")).forEach(this::paragraph);
        text.append("\n`")
                .append(operation.method())
                .append(' ')
                .append(operation.path())
                .append("`\n\n");
        line("Permissions: application " + names(operation.application()) + "; delegated "
                + names(operation.delegated()));
        line("Quota: " + quota(operation));
        line("Pages: " + pages(operation));
        line("Lost response: "
                + (operation.replaySafe() ? "retried" : "not retried, because the call may have taken effect"));
        line("Deadline: " + time(operation.timeout())
                + (operation.emptyOnNotFound() ? "; 404 is an empty result" : ""));
        if (!operation.parameters().isEmpty()) {
            line("Parameters:");
            operation.parameters().forEach(this::parameter);
        }
        if (operation.body() != null) {
            line("Body: `" + operation.body().name() + "`");
        }
        operation.headers().forEach((name, value) -> line("Header: `" + name + ": " + value + "`"));
        if (operation.response() != null) {
            line("Response: `" + operation.response().name() + "`"
                    + (operation.collection() || operation.shape() == OperationDescription.Shape.ITEMS ? ", many" : "")
                    + (operation.maxResponse() > 0 ? ", up to " + number(operation.maxResponse()) + " bytes" : ""));
        }
        if (!operation.filterable().isEmpty()) {
            line("`$filter` may name: " + names(operation.filterable(), ", "));
        }
        String source = operation.source().sentence(page -> "`" + page + "`");
        line(source.isEmpty() ? "No page of the documentation is known" : source.substring(0, source.length() - 1));
        text.append("\n```console\n").append(examples.command(operation)).append("\n```\n");
        text.append("\n```java\n").append(java).append("\n```\n");
    }

    private void parameter(Parameter parameter) {
        String place = parameter.location().name().toLowerCase(Locale.ROOT);
        String description = flat(parameter.description());
        text.append("  - `")
                .append(parameter.wire())
                .append("` (")
                .append(place)
                .append(parameter.required() ? "" : ", optional")
                .append(')')
                .append(description.isEmpty() ? "" : ": " + description)
                .append('\n');
    }

    private static String quota(OperationDescription operation) {
        List<String> windows = new ArrayList<>();
        if (operation.perMinute() > 0) {
            windows.add(number(operation.perMinute()) + " per minute");
        }
        if (operation.perHour() > 0) {
            windows.add(number(operation.perHour()) + " per hour");
        }
        String shared = operation.quotaGroup().equals(operation.id())
                ? ""
                : ", shared by the operations of group `" + operation.quotaGroup() + "`";
        return windows.isEmpty() ? "none documented" : String.join(", ", windows) + shared;
    }

    private static String pages(OperationDescription operation) {
        if (!operation.collection()) {
            return "none";
        }
        return "`" + operation.strategy() + "`"
                + (operation.timeField() == null ? "" : " over `" + operation.timeField() + "`")
                + (operation.maxPageSize() > 0 ? ", at most " + number(operation.maxPageSize()) + " items each" : "");
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String time(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none documented" : names(names, " or ");
    }

    private static String names(List<String> names, String between) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(between));
    }

    private void heading(int level, String title) {
        text.append('\n').append("#".repeat(level)).append(' ').append(title).append('\n');
    }

    private void paragraph(String paragraph) {
        if (!paragraph.isBlank()) {
            text.append('\n').append(flat(paragraph)).append('\n');
        }
    }

    private void line(String line) {
        text.append("- ").append(line).append('\n');
    }

    /** Returns text as one line of Markdown. Only back quotes keep their meaning. */
    private static String flat(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        // Inside code a backslash would be visible.
        return CODE_OR_MARKUP
                .matcher(line)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group().startsWith("`") ? found.group() : "\\" + found.group()));
    }
}
