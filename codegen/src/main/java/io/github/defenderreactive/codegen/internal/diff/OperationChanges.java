package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Files;
import io.github.defenderreactive.codegen.internal.description.PageShape;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds changes of operations. */
final class OperationChanges {

    private final Comparison comparison;
    private final Surface before;
    private final Surface after;

    OperationChanges(Comparison comparison) {
        this.comparison = comparison;
        this.before = comparison.before();
        this.after = comparison.after();
    }

    /** Returns whether two operations send the same request, whatever their path arguments are called. */
    static boolean isSameRequest(OperationDescription a, OperationDescription b) {
        return a.method().equals(b.method()) && path(a).equals(path(b));
    }

    private static String path(OperationDescription operation) {
        return operation.path().replaceAll("\\{[^{}]*}", "{}");
    }

    private static Map<String, OperationDescription> byId(Surface surface) {
        Map<String, OperationDescription> operations = new LinkedHashMap<>();
        surface.operations().forEach(operation -> operations.put(operation.id(), operation));
        return operations;
    }

    private static String group(Surface surface, OperationDescription operation) {
        return surface.groups().stream()
                .filter(group -> group.tag().equals(operation.tag()))
                .map(Group::type)
                .findFirst()
                .orElse("");
    }

    /** Returns the name of the method with its group. */
    static String method(Surface surface, OperationDescription operation) {
        return group(surface, operation) + "." + operation.methodName();
    }

    private static List<String> names(Surface surface, OperationDescription operation) {
        List<String> names = new ArrayList<>(List.of(method(surface, operation), "Operations." + operation.constant()));
        if (!operation.queryParameters().isEmpty()) {
            names.add(operation.queryType());
        }
        return names;
    }

    void find() {
        Map<String, OperationDescription> old = byId(before);
        Map<String, OperationDescription> now = byId(after);
        Pairs pairs = Pairs.of(old.keySet(), now.keySet())
                .renaming((a, b) -> isSameRequest(Pairs.get(old, a), Pairs.get(now, b)));
        pairs.renamed().forEach((a, b) -> rename(Pairs.get(old, a), Pairs.get(now, b)));
        for (String id : pairs.removed()) {
            OperationDescription operation = Pairs.get(old, id);
            List<String> names = new ArrayList<>(names(before, operation));
            if (operation.form() != null) {
                names.add(operation.form());
            }
            comparison.add(
                    "operation-removed",
                    operation.element().place(),
                    names,
                    List.of(),
                    Verdict.BREAKING,
                    String.join(" and ", names.subList(0, 2)) + " are gone");
        }
        for (String id : pairs.added()) {
            OperationDescription operation = Pairs.get(now, id);
            comparison.add(
                    "operation-added",
                    operation.element().place(),
                    List.of(),
                    names(after, operation),
                    Verdict.COMPATIBLE,
                    method(after, operation) + " is new, for " + operation.method() + " " + operation.path());
        }
        pairs.both().forEach((a, b) -> compare(Pairs.get(old, a), Pairs.get(now, b)));
    }

    private void rename(OperationDescription old, OperationDescription now) {
        if (!old.queryParameters().isEmpty() && !now.queryParameters().isEmpty()) {
            comparison.renamed(old.queryType(), now.queryType());
        }
        comparison.addRename(
                "operation-renamed",
                now.element().place(),
                names(before, old),
                names(after, now),
                Verdict.BREAKING,
                method(before, old) + " is now " + now.methodName()
                        + "; likely a rename, because method and path are the" + " same");
    }

    private void compare(OperationDescription old, OperationDescription now) {
        Pointer place = now.element().place();
        String name = method(after, now);
        String group = comparison.mapped(group(before, old));
        if (old.id().equals(now.id()) && !group.equals(group(after, now))) {
            comparison.add(
                    "operation-moved",
                    place.child("tags"),
                    List.of(method(before, old)),
                    List.of(name),
                    Verdict.BREAKING,
                    method(before, old) + " is now " + name + ", because its tag has changed");
        } else if (old.id().equals(now.id()) && !old.methodName().equals(now.methodName())) {
            comparison.addRename(
                    "operation-renamed",
                    place,
                    List.of(method(before, old)),
                    List.of(name),
                    Verdict.BREAKING,
                    method(before, old) + " is now " + name + "; the id is the same");
        }
        request(old, now, name, place);
        response(old, now, name, place);
        new ParameterChanges(comparison, old, now, name).find();
        facts(old, now, name, place);
        new PermissionChanges(comparison, old, now, name).find();
        files(old, now, place);
    }

    private void request(OperationDescription old, OperationDescription now, String name, Pointer place) {
        comparison.fact(
                "operation-method",
                place,
                name,
                Verdict.WIRE,
                old.method(),
                now.method(),
                change -> name + " is sent as " + now.method() + ", before as " + old.method());
        comparison.fact(
                "operation-path",
                place,
                name,
                Verdict.WIRE,
                path(old),
                path(now),
                change -> name + " requests " + now.path() + ", before " + old.path());
        Pairs headers = Pairs.of(old.headers().keySet(), now.headers().keySet());
        boolean values = headers.kept().stream()
                .allMatch(header ->
                        Objects.equals(old.headers().get(header), now.headers().get(header)));
        if (!headers.removed().isEmpty() || !headers.added().isEmpty() || !values) {
            comparison.add(
                    "operation-headers",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.WIRE,
                    name + " sends the headers " + now.headers() + ", before " + old.headers());
        }
    }

    private void response(OperationDescription old, OperationDescription now, String name, Pointer place) {
        String was = comparison.mapped(before.result(old));
        String is = after.result(now);
        if (!was.equals(is)) {
            String kind = was.equals("Mono<Void>")
                    ? "response-added"
                    : is.equals("Mono<Void>") ? "response-removed" : "response-retyped";
            Verdict verdict = Verdict.ofTypes(was, is);
            comparison.add(
                    kind,
                    place.child("responses"),
                    List.of(method(before, old), "Operations." + old.constant()),
                    List.of(name, "Operations." + now.constant()),
                    verdict,
                    name + " " + before.result(old) + " -> " + is
                            + (verdict.binary()
                                    ? "; compiled programs link, because the erased type is the same"
                                    : ""));
        }
        comparison.fact(
                "response-wrapped",
                place,
                name,
                Verdict.BEHAVIOUR,
                old.wrapped(),
                now.wrapped(),
                change -> name + (now.wrapped() ? " also accepts" : " no longer accepts")
                        + " a response that is wrapped in a collection");
    }

    private void facts(OperationDescription old, OperationDescription now, String name, Pointer place) {
        behaviour("quota-group", place, name, quotaGroup(old), quotaGroup(now), " counts for the quota group ");
        quota(place, name, old.perMinute(), now.perMinute(), "minute");
        quota(place, name, old.perHour(), now.perHour(), "hour");
        if (old.replaySafe() != now.replaySafe()) {
            comparison.add(
                    now.replaySafe() ? "replay-safe" : "replay-unsafe",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.BEHAVIOUR,
                    name + (now.replaySafe() ? " is" : " is no longer") + " retried after a lost response");
        }
        behaviour("timeout", place, name, old.timeout(), now.timeout(), " has the timeout ");
        behaviour("page-size", place, name, old.maxPageSize(), now.maxPageSize(), " reads pages of ");
        if (old.collection() && now.collection()) {
            behaviour("paging-strategy", place, name, old.strategy(), now.strategy(), " reads pages by ");
        }
        behaviour("paging-shape", place, name, shape(old), shape(now), " finds pages by ");
        behaviour("paging-key", place, name, text(old.key()), text(now.key()), " recognises an item by ");
        behaviour("paging-link", place, name, text(old.linkPath()), text(now.linkPath()), " follows links to ");
        behaviour("paging-field", place, name, text(old.timeField()), text(now.timeField()), " reads windows by ");
        if (old.emptyOnNotFound() != now.emptyOnNotFound()) {
            comparison.add(
                    "not-found",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.BEHAVIOUR,
                    name + (now.emptyOnNotFound() ? " completes empty" : " fails with a NotFoundException")
                            + " if the service responds with 404");
        }
        behaviour("max-response", place, name, old.maxResponse(), now.maxResponse(), " reads responses up to bytes: ");
        filterable(old, now, name, place);
        deprecation(old, now, name, place);
        comparison.documentation(
                place,
                name,
                old.element(),
                now.element(),
                List.of("summary", "description", "externalDocs", Citation.KEY, "x-defender-deprecated"));
    }

    /** Returns the name of the quota that an operation shares with others. */
    private static String quotaGroup(OperationDescription operation) {
        return operation.quotaGroup().equals(operation.id()) ? "of its own" : operation.quotaGroup();
    }

    private static String text(@Nullable String value) {
        return value == null ? "none" : value;
    }

    private <T> void behaviour(String kind, Pointer place, String name, T old, T now, String text) {
        comparison.fact(kind, place, name, Verdict.BEHAVIOUR, old, now, change -> name + text + change);
    }

    private void quota(Pointer place, String name, int old, int now, String period) {
        if (old != now) {
            boolean lowered = old == 0 || now != 0 && now < old;
            comparison.add(
                    lowered ? "quota-lowered" : "quota-raised",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.BEHAVIOUR,
                    name + " " + calls(old) + " -> " + calls(now) + " calls per " + period);
        }
    }

    private static String calls(int number) {
        return number == 0 ? "unlimited" : Integer.toString(number);
    }

    /** The fields of an entity are those of all operations, so a field may exist that an operation lost. */
    private void filterable(OperationDescription old, OperationDescription now, String name, Pointer place) {
        Pairs pairs = Pairs.of(old.filterable(), now.filterable());
        String item = now.itemSchema();
        for (String wire : pairs.removed()) {
            boolean others = after.operations().stream()
                    .anyMatch(other -> Objects.equals(other.itemSchema(), item)
                            && other.filterable().contains(wire));
            if (others) {
                comparison.add(
                        "filter-removed",
                        place,
                        List.of(name),
                        List.of(name),
                        Verdict.BEHAVIOUR,
                        name + " can no longer be filtered by " + wire);
            }
        }
    }

    private void deprecation(OperationDescription old, OperationDescription now, String name, Pointer place) {
        if (old.deprecated() != now.deprecated()) {
            comparison.add(
                    now.deprecated() ? "operation-deprecated" : "operation-undeprecated",
                    place,
                    List.of(name),
                    List.of(name),
                    now.deprecated() ? Verdict.WARNING : Verdict.COMPATIBLE,
                    name + (now.deprecated() ? " is deprecated" : " is no longer deprecated"));
        }
    }

    private void files(OperationDescription old, OperationDescription now, Pointer place) {
        List<String> was = files(before, old);
        List<String> is = files(after, now);
        if (!was.stream().map(comparison::mapped).toList().equals(is)) {
            comparison.add(
                    "files",
                    place.child("x-defender-files"),
                    was.stream().limit(1).toList(),
                    is.stream().limit(1).toList(),
                    was.isEmpty() ? Verdict.COMPATIBLE : Verdict.BREAKING,
                    "The files that " + OperationChanges.method(after, now) + " links to: " + was + " -> " + is);
        }
    }

    private static List<String> files(Surface surface, OperationDescription operation) {
        Files files = operation.files().orElse(null);
        if (files == null) {
            return List.of();
        }
        String type = surface.schemas().className(files.record());
        return List.of("FileExports." + JavaNames.constant(files.name()), "FileExport<" + type + ">");
    }

    private static String shape(OperationDescription operation) {
        return PageShape.of(operation.element().get("x-defender-paging")).words();
    }
}
