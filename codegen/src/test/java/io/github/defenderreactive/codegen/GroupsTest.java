package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.reference.ReferenceText;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Groups, their methods and the entry type. */
class GroupsTest {

    private static final GeneratedClient CLIENT = GeneratedClient.of(grown());

    /** The description with an operation more in a group, and with a group more. */
    private static ObjectNode grown() {
        ObjectNode bundle = Nasty.bundle();
        ObjectNode paths = (ObjectNode) bundle.get("paths");
        ObjectNode crew = paths.putObject("/ships/{id}/crew");
        crew.set("parameters", paths.get("/ships/{id}").get("parameters"));
        crew.set("get", like(paths, "listShipCrew", "ships", "crew"));
        paths.putObject("/piers").set("get", like(paths, "listPiers", "piers", "list"));
        bundle.withArray("/tags").addObject().put("name", "piers").put("description", "Piers.");
        return bundle;
    }

    private static ObjectNode like(ObjectNode paths, String id, String tag, String method) {
        ObjectNode operation = ((ObjectNode) paths.at("/~1ships/get")).deepCopy();
        operation.put("operationId", id).put("x-defender-method", method).put("summary", "Lists more.");
        operation.putArray("tags").add(tag);
        return operation;
    }

    private static Class<?> group(String accessor) throws NoSuchMethodException {
        return CLIENT.type("api.Harbour").getMethod(accessor).getReturnType();
    }

    private static Stream<List<String>> parameters(Class<?> group, String method) {
        return Arrays.stream(group.getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> Arrays.stream(candidate.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void shouldGiveAnAddedOperationToItsGroup() throws NoSuchMethodException {
        Class<?> ships = group("ships");

        assertThat(parameters(ships, "crew"))
                .containsExactlyInAnyOrder(List.of("String", "ListShipCrewQuery"), List.of("String"));
        assertThat(ships.getMethod("crew", String.class).getReturnType()).isEqualTo(PagedFlux.class);
        assertThat(CLIENT.operation("listShipCrew")).isPresent();
    }

    @Test
    void shouldGiveAnAddedTagToTheEntryType() throws NoSuchMethodException {
        assertThat(group("piers").getSimpleName()).isEqualTo("PiersApi");
        assertThat(parameters(group("piers"), "list")).containsExactlyInAnyOrder(List.of("ListPiersQuery"), List.of());
    }

    @Test
    void shouldShowTheCallOfAnAddedOperationInTheReference() {
        String reference = ReferenceText.of(List.of(grown()));

        assertThat(reference)
                .contains("#### listShipCrew\n")
                .contains("```console\ndefender call listShipCrew --param id=ID\n```")
                .contains("```java\nclient.harbour().ships().crew(thingId)\n```")
                .contains("```java\nclient.harbour().piers().list()\n```")
                .contains("```java\nclient.harbour().ships().update(thingId, request)\n```");
    }

    @Test
    void shouldTakeTheNamesThatTheDescriptionGives() throws NoSuchMethodException {
        assertThat(group("cargo").getSimpleName()).isEqualTo("CargoHandlingApi");
        Method update = group("ships").getMethod("update", String.class, CLIENT.type("model.UpdateShipRequest"));
        assertThat(update.getReturnType()).isEqualTo(Mono.class);
    }

    @Test
    void shouldHaveNoFormWithoutAQueryThatIsNeeded() throws NoSuchMethodException {
        assertThat(parameters(group("cargo"), "searchCargo")).containsExactly(List.of("SearchCargoQuery"));
    }

    @Test
    void shouldLetClassesAddToAGroup() throws NoSuchMethodException {
        assertThat(Modifier.isFinal(group("ships").getModifiers())).isFalse();
        assertThat(Modifier.isFinal(CLIENT.type("api.Harbour").getModifiers())).isFalse();
    }
}
