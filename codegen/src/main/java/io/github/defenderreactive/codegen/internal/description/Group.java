package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations of one tag, which are the methods of one class in Java.
 *
 * @param tag name of the tag
 * @param description description of the tag
 * @param accessor the method of the entry type that returns the group
 * @param operations the operations in the order of the description
 */
public record Group(String tag, String description, String accessor, List<OperationDescription> operations) {

    /** Returns the groups in the order of their tags. A tag without operations has no group. */
    public static List<Group> all(Element root, List<OperationDescription> operations) {
        List<Element> tags = root.get("tags").elements();
        List<String> names = tags.stream().map(tag -> tag.need("name").text()).toList();
        Findings findings = new Findings();
        for (OperationDescription operation : operations) {
            if (!names.contains(operation.tag())) {
                findings.add(operation.problem("tag " + operation.tag() + " is not listed"));
            }
        }
        findings.refuse();
        List<Group> groups = new ArrayList<>();
        Map<String, String> tagByAccessor = new LinkedHashMap<>();
        for (Element element : tags) {
            element.allowExtensions(Set.of(GivenName.KEY));
            String tag = element.need("name").text();
            List<OperationDescription> ofTag = operations.stream()
                    .filter(operation -> operation.tag().equals(tag))
                    .toList();
            if (ofTag.isEmpty()) {
                continue;
            }
            String accessor = GivenName.ofGroup(element, tag);
            String other = tagByAccessor.putIfAbsent(accessor, tag);
            if (other != null) {
                throw element.problem("tags " + other + " and " + tag + " are both " + accessor
                        + " in Java; give one of them another name with " + GivenName.KEY);
            }
            groups.add(new Group(tag, element.text("description", tag), accessor, ofTag));
        }
        return groups;
    }

    /** Returns the name of the class. */
    public String type() {
        return JavaNames.type(tag) + "Api";
    }

    /** Returns the name of the class that creates the operations of a tag. */
    public static String operationsType(String tag) {
        return JavaNames.type(tag) + "Operations";
    }
}
