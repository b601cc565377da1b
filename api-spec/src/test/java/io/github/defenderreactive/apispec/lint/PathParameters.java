package io.github.defenderreactive.apispec.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A path template and the path parameters of its operations name the same variables. */
final class PathParameters implements Rule {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    @Override
    public Stream<Finding> check(Description description) {
        return description.elements(Kind.OPERATION).flatMap(operation -> {
            Set<String> variables = variables(operation.context());
            Set<String> parameters = parameters(operation.place(), description);
            return variables.equals(parameters)
                    ? Stream.empty()
                    : Stream.of(operation
                            .place()
                            .finding("path-parameters", "the path has " + variables + ", not " + parameters));
        });
    }

    private static Set<String> variables(String path) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static Set<String> parameters(Place operation, Description description) {
        Set<String> names = new TreeSet<>();
        Place list = operation.child("parameters");
        for (int i = 0; i < list.node().size(); i++) {
            description
                    .follow(list.child(i))
                    .filter(parameter -> parameter.node().path("in").asText().equals("path"))
                    .ifPresent(
                            parameter -> names.add(parameter.node().path("name").asText()));
        }
        return names;
    }
}
