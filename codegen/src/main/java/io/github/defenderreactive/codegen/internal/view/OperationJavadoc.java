package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The comment of a method of a group. */
final class OperationJavadoc {

    /** Strategies under which the service switches paging off as soon as a call has {@code $top} or {@code $skip}. */
    private static final Set<String> CUT_BY_TOP = Set.of("next-link", "time-window");

    private final OperationDescription operation;
    private final Imports imports;

    OperationJavadoc(OperationDescription operation, Imports imports) {
        this.operation = operation;
        this.imports = imports;
    }

    String of(Signature signature) {
        Javadoc javadoc = new Javadoc().text(operation.summary());
        Signature full = signature.full();
        if (full == null) {
            javadoc.text(operation.description()).markup(emission()).markup(errors());
            if (!operation.application().isEmpty() || !operation.delegated().isEmpty()) {
                javadoc.markup(permissions());
            }
            String quota = quota();
            if (!quota.isEmpty()) {
                javadoc.markup(quota);
            }
            OriginJavadoc.add(javadoc, operation.source(), operation.element());
        } else {
            String link = "{@link #" + full.erasure() + "}";
            javadoc.markup(
                    signature.isWithoutQuery()
                            ? "Calls " + link + " without query arguments."
                            : "Sends the same request as " + link + ", without a body.");
        }
        for (Parameter parameter : operation.pathParameters()) {
            String text = Javadoc.phrase(parameter.description());
            javadoc.tag("param", parameter.name() + " " + (text.isEmpty() ? "the path argument" : lower(text)));
        }
        signature.types().keySet().forEach(name -> {
            switch (name) {
                case "query" -> javadoc.tag("param", "query the query arguments");
                case "form" -> javadoc.tag("param", "form the parts of the request");
                case "request" -> javadoc.tag("param", "request the request body");
                default -> {}
            }
        });
        javadoc.tag("return", result());
        if (operation.pathParameters().stream()
                .anyMatch(parameter ->
                        parameter.type().isList() || parameter.type().form() == JavaType.Form.TEXT)) {
            javadoc.tag("throws", "IllegalArgumentException if a path argument is blank or a dot segment");
        }
        if (operation.deprecated()) {
            javadoc.tag("deprecated", Javadoc.html(operation.deprecation()));
        }
        return javadoc.block(4);
    }

    private String emission() {
        String absent = operation.emptyOnNotFound() ? " Completes empty if the service responds with 404." : "";
        if (operation.collection()) {
            String size = operation.maxPageSize() > 0
                    ? String.format(Locale.ROOT, " A page holds up to %,d items.", operation.maxPageSize())
                    : "";
            return "Emits the items of all pages and completes after the last one. Pages are requested one at a time and on"
                    + " demand." + size + cut() + absent + " Cancelling stops reading and releases the connection.";
        }
        if (operation.response() == null) {
            return "Completes empty when the service has accepted the request.";
        }
        if (operation.shape() == OperationDescription.Shape.ITEMS) {
            return "Emits the items while the response is received, and completes after the last one. The request is sent"
                    + " at the first demand, and without demand nothing is read." + absent + " Cancelling closes the"
                    + " connection.";
        }
        if (operation.shape() == OperationDescription.Shape.BYTES) {
            return "Emits the content while it is received, in buffers that the subscriber owns, and completes if all of it"
                    + " was received. The request is sent at the first demand, and without demand nothing is read."
                    + absent
                    + " Cancelling closes the connection.";
        }
        String size = operation.maxResponse() > 0
                ? String.format(Locale.ROOT, " A response may have up to %,d bytes.", operation.maxResponse())
                : "";
        return "Emits the response and completes." + absent + size;
    }

    private String cut() {
        return CUT_BY_TOP.contains(operation.strategy()) && operation.hasQueryParameter("$top")
                ? " With {@code $top} or {@code $skip} only that single page is returned."
                : "";
    }

    private String errors() {
        imports.add("DefenderException");
        StringBuilder text = new StringBuilder("Errors with a {@link DefenderException}");
        if (operation.element().get("responses").has("404") && !operation.emptyOnNotFound()) {
            imports.add("NotFoundException");
            text.append("; a {@link NotFoundException} if the service responds with 404");
        }
        text.append('.');
        if (!operation.replaySafe()) {
            imports.add("OutcomeUnknownException");
            text.append(
                    " A call whose response was lost is not retried, because it may have taken effect; it errors with an"
                            + " {@link OutcomeUnknownException}.");
        }
        return text.toString();
    }

    private String permissions() {
        return "Permissions: " + anyOf("application", operation.application()) + "; "
                + anyOf("delegated", operation.delegated()) + ".";
    }

    private static String anyOf(String kind, List<String> names) {
        return kind + " "
                + (names.isEmpty() ? "none" : names.stream().map(Javadoc::code).collect(Collectors.joining(" or ")));
    }

    private String quota() {
        List<String> windows = new ArrayList<>();
        if (operation.perMinute() > 0) {
            windows.add(calls(operation.perMinute()) + " per minute");
        }
        if (operation.perHour() > 0) {
            windows.add(calls(operation.perHour()) + " per hour");
        }
        if (windows.isEmpty()) {
            return "";
        }
        String group = operation.quotaGroup().equals(operation.id())
                ? ""
                : ", shared by the operations of the quota group " + Javadoc.code(operation.quotaGroup());
        return "Rate limit: " + String.join(" and ", windows) + group + ".";
    }

    private static String calls(int number) {
        return String.format(Locale.ROOT, number == 1 ? "%,d call" : "%,d calls", number);
    }

    private String result() {
        if (operation.response() == null) {
            return "the completion";
        }
        if (operation.shape() == OperationDescription.Shape.BYTES) {
            return "the content";
        }
        return operation.collection() || operation.shape() == OperationDescription.Shape.ITEMS
                ? "the items"
                : lower(Javadoc.phrase(operation.outcome()));
    }

    private static String lower(String phrase) {
        boolean word = phrase.length() > 1
                && Character.isUpperCase(phrase.charAt(0))
                && Character.isLowerCase(phrase.charAt(1));
        return word ? phrase.substring(0, 1).toLowerCase(Locale.ROOT) + phrase.substring(1) : phrase;
    }
}
