package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationReader;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.view.ModelView;
import io.github.defenderreactive.codegen.internal.view.Source;
import io.github.defenderreactive.codegen.internal.view.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves the dialect must fail, with the operation or schema named: wrong code with a green build is worse. */
class DialectTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode bundle = Nasty.bundle();

    private void generate() {
        assertThat(new Sources(Element.root(bundle), Nasty.PACKAGES).all()).isNotEmpty();
    }

    private ObjectNode at(String pointer) {
        return (ObjectNode) bundle.at(pointer);
    }

    private void set(String pointer, String key, String yaml) {
        try {
            at(pointer).set(key, YAML.readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    @Test
    void shouldAcceptTheNastyDescription() {
        generate();
    }

    @ParameterizedTest
    @CsvSource({
        "operationId",
        "tags",
        "summary",
        "description",
        "x-defender-permissions",
        "x-defender-quota",
        "x-defender-paging",
        "x-defender-replay",
        "x-defender-source",
        "x-defender-timeout",
        "responses"
    })
    void shouldRefuseAnOperationThatLacks(String key) {
        at("/paths/~1ships/get").remove(key);

        assertThatThrownBy(this::generate)
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("#/paths/~1ships/get")
                .hasMessageContaining(key + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/paths/~1ships/get | x-defender-qouta | {} | x-defender-qouta: is not known at this place",
                "/paths/~1ships/get | x-defender-method | List-Ships | must be a lower camel case name",
                "/paths/~1ships~1{id}/delete | x-defender-method | get | has two methods get(String)",
                "/tags/0 | x-defender-name | cargo | tags ships and cargo-handling are both cargo in Java",
                "/tags/0 | x-defender-nmae | cargo | x-defender-nmae: is not known at this place",
                "/components/parameters/Id | x-defender-name | 1st | must be a lower camel case name",
                "/paths/~1ships/get | x-defender-replay | maybe | must be safe or unsafe",
                "/paths/~1ships/get | x-defender-timeout | 5 minutes | must be an ISO 8601 duration",
                "/paths/~1ships/get | x-defender-timeout | PT0S | must be whole seconds",
                "/paths/~1ships/get | x-defender-timeout | -PT5M | must be whole seconds",
                "/paths/~1ships/get | x-defender-timeout | PT1.5S | must be whole seconds",
                "/paths/~1ships/get | x-defender-quota | { perMinute: 1.5 } | perMinute: must be a whole number",
                "/paths/~1ships/get | x-defender-quota | { perHour: -1 } | perHour: must be a whole number",
                "/paths/~1ships/get | x-defender-paging | { strategy: next-link, maxPageSize: many } | must be a whole"
                        + " number",
                "/paths/~1ships/get | tags | [ships, cargo-handling] | must have one tag",
                "/paths/~1ships/get | tags | [boats] | tag boats is not listed",
                "/paths/~1ships/get | operationId | List-Ships | must be a lower camel case name",
                "/paths/~1ships/get | operationId | getShip | is also used at",
                "/paths/~1ships/get | x-defender-paging | { strategy: none } | must have a strategy",
                "/paths/~1ships/get | x-defender-paging | { strategy: next-link, key: weight } | its items have no"
                        + " property weight",
                "/paths/~1ships/get | x-defender-paging | { strategy: time-window, key: id } | must be used together",
                "/paths/~1ships/get | x-defender-paging | { strategy: next-link, key: id, field: arrivedAt } | must be"
                        + " used together",
                "/paths/~1ships/get | x-defender-paging | { strategy: time-window, field: arrivedAt } | time windows"
                        + " need a key",
                "/paths/~1ships/get | x-defender-paging | { strategy: time-window, key: id, field: captain } | $filter"
                        + " may use",
                "/paths/~1ships/get | x-defender-paging | { strategy: time-window, key: id, field: Name } | have no"
                        + " time property Name",
                "/paths/~1ships/get | x-defender-filterable | [arrivedAt, nothing] | has no property nothing",
                "/paths/~1ships/get | x-defender-filterable | [arrivedAt, captain] | cannot be filterable",
                "/paths/~1log/get | x-defender-paging | { strategy: next-link } | must be an object with a list",
                "/paths/~1names/get | x-defender-paging | { strategy: next-link, key: a } | must be entities with a"
                        + " key",
                "/paths/~1ships~1{id} | parameters | [] | path parameters [] do not match the path",
                "/components/parameters/Filter | in | cookie | cookie $filter: the client does not send cookies; remove",
                "/components/parameters/Filter | in | body | must be path, query or header",
                "/components/parameters/Filter | allowReserved | true | reserved characters are always percent-encoded",
                "/components/parameters/Filter | content | {} | has a content, not a schema",
                "/components/parameters/Prefer | schema | { type: integer, const: 7 } | const: must be a text",
                "/paths/~1ships/get | x-defender-max-response | 1000 | needs a response with one entity",
                "/paths/~1ships~1{id}/delete | x-defender-max-response | 1000 | needs a response with one entity",
                "/paths/~1ships~1{id}/get | x-defender-max-response | -1 | must be a whole number",
                "/paths/~1ships~1{id}/get | x-defender-max-response | 3000000000 | must be a whole number",
                "/components/parameters/Expand | schema | { type: array, items: { type: array, items: { type: string } }"
                        + " } | a parameter must be",
                "/components/parameters/Expand | schema | { type: object } | describe each member of an object",
                "/components/parameters/Top | schema | { $ref: '#/components/schemas/Ship' } | a parameter must be",
                "/components/schemas/Ship/properties | more | { type: object, properties: { a: {} } } | must be a named schema",
                "/components/schemas/Ship/properties | more | { properties: { a: {} } } | must be a named schema",
                "/components/schemas/Ship/properties | more | { type: [integer, string] } | more than one type",
                "/components/schemas/Ship/properties | more | {} | has no type",
                "/components/schemas/Ship/properties | more | { type: string, enum: [a] } | must be a named schema",
                "/components/schemas/Ship/properties | more | { allOf: [] } | allOf is not supported",
                "/components/schemas/Ship/properties | more | { type: array, items: { type: object, additionalProperties: false } } | must be a"
                        + " named",
                "/components/schemas/Ship/properties | more | { type: array, items: { type: array, items: {} } } | has"
                        + " no type",
                "/components/schemas/Ship/properties | more | { $ref: '#/components/schemas/Nope' } | unresolved"
                        + " reference",
                "/components/schemas/Ship/properties | more | { $ref: 'a.yaml#/A' } | bundle the description first",
                "/components/schemas/Ship/properties | more | { $ref: '#/components/schemas/ShipCollection' } | a"
                        + " collection",
                "/components/schemas/Ship/properties | more | { oneOf: [{ type: string }, { type: integer }] } | a"
                        + " union must",
                "/components/schemas/Ship/properties | Name | { type: string } | members name and Name of Ship are"
                        + " both name()",
                "/components/schemas/Ship/properties | $id | { type: string } | members id and $id of Ship",
                "/components/schemas/Ship/properties | more | { type: string, x-defender-alias: [length] } | is not a"
                        + " property of",
                "/components/schemas/DockShipRequest | required | [Anchor] | requires Anchor, which is not a property",
                "/components/schemas/ShipClass | enum | [on-deck, OnDeck, Sail*/Ship] | values on-deck and OnDeck are"
                        + " both ON_DECK",
                "/components/schemas/ShipClass | x-defender-legacy | [Ark] | legacy value Ark is not in the"
                        + " enumeration",
                "/components/schemas/ShipClass | x-defender-final | [Ark] | final value Ark is not in the enumeration",
                "/components/schemas/ShipClass | x-defender-open | false | enumerations are open",
                "/components/schemas/Cargo/discriminator/mapping | boat | \"#/components/schemas/Ship\" | has no case",
                "/components/schemas/Cargo/discriminator/mapping | boat | \"#/components/schemas/Nope\" | has no case",
                "/components/schemas/Cargo/discriminator | mapping | {} | no value of @kind is mapped to the case",
                "/components/schemas/Bulk | properties | {} | without the property @kind",
                "/components/schemas | ship-class | { type: object } | has the same class name as schema ShipClass",
                "/components/schemas | SHIP | { type: object } | has the same class name as schema Ship",
                "/components/schemas/Buoy | x-defender-case | upper | must be either",
                "/components/schemas/Buoy/properties | ID | { type: string } | spelling ID is already used by a member",
                "/components/schemas/UpdateShipRequest | x-defender-case | either | must have one spelling",
                "/paths/~1ships/get | x-defender-files | { name: ships } | record is missing",
                "/paths/~1ships/get | x-defender-files | { name: All-Ships, record: Ship } | must be a lower camel case name",
                "/paths/~1ships/get | x-defender-files | { name: ships, record: Boat } | must be the name of an object",
                "/paths/~1ships/get | x-defender-files | { name: ships, record: ShipClass } | must be the name of an object",
                "/paths/~1ships/get | x-defender-files | { name: allBuoys, record: Ship } | is already used by another",
                "/paths/~1ships/get | x-defender-wrapped | true | needs a response with one entity",
                "/paths/~1log/get | x-defender-wrapped | true | needs a response with one entity",
                "/components/schemas/ManifestForm/properties | tags | { type: array, items: { type: string } } | a"
                        + " part must be",
                "/components/schemas | JsonReader | { type: object } | is taken by a type that generated code uses",
                "/components/schemas | Deprecated | { type: object } | is taken by a type that generated code uses",
                "/components/schemas | Unknown | { type: object } | is taken by a type that generated code uses",
                "/components/schemas/Ship/properties | 'a\"b' | { type: string } | must not need an escape in JSON",
                "/components/schemas/Ship/properties | length | { type: integer, x-defender-spellings: ['a\\b'] } |"
                        + " must not need an"
            })
    void shouldRefuse(String pointer, String key, String yaml, String message) {
        set(pointer, key, yaml);

        assertThatThrownBy(this::generate)
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("#/")
                .hasMessageContaining(message);
    }

    @Test
    void shouldTellControlInformationFromAPropertyOfTheSameName() {
        set("/components/schemas/Ship/properties", "@odata.id", "{ type: string }");

        assertThat(new Sources(Element.root(bundle), Nasty.PACKAGES).all())
                .extracting(Source::view)
                .filteredOn(
                        view -> view instanceof ModelView model && model.name().equals("Ship"))
                .singleElement()
                .satisfies(view -> assertThat(((ModelView) view).members())
                        .extracting(ModelView.Member::field)
                        .contains("id", "odataId"));
    }

    @Test
    void shouldKnowOfSecretsInsideOfAMember() {
        set(
                "/components/schemas/Ship/properties",
                "tickets",
                "{ type: array, items: { $ref: '#/components/schemas/Ticket' } }");

        assertThat(new Sources(Element.root(bundle), Nasty.PACKAGES).all())
                .extracting(Source::view)
                .filteredOn(view -> view instanceof ModelView model && model.hides())
                .extracting(view -> ((ModelView) view).name())
                .contains("Ship", "Ticket")
                .doesNotContain("Sailor");
    }

    @Test
    void shouldReadANumberInPlainTextAsJson() {
        set(
                "/paths/~1log/get/responses/200",
                "content",
                "{ text/plain: { schema: { type: integer, format: int64 } } }");

        Element root = Element.root(bundle);
        assertThat(OperationReader.all(root, new Schemas(root.get("components"))))
                .filteredOn(operation -> operation.id().equals("readLog"))
                .singleElement()
                .returns(Map.of("Accept", "text/plain"), OperationDescription::headers)
                .returns(JavaType.LONG, OperationDescription::response);
    }

    @Test
    void shouldRefuseAnInlineRequestBody() {
        set("/paths/~1ships~1batch/post/requestBody/content/application~1json", "schema", "{ properties: { a: {} } }");

        assertThatThrownBy(this::generate).hasMessageContaining("must be a named schema");
    }

    @Test
    void shouldRefuseAnInlineForm() {
        set(
                "/paths/~1cargo~1{id}~1manifest/post/requestBody/content/multipart~1form-data",
                "schema",
                "{ type: object, properties: { file: { type: string, format: binary } } }");

        assertThatThrownBy(this::generate)
                .hasMessageContaining("operation uploadManifest: the form must be a named object");
    }

    @Test
    void shouldRefuseSuccessesThatDiffer() {
        JsonNode ship = bundle.at("/paths/~1ships~1{id}/get/responses/200");
        at("/paths/~1ships~1{id}~1dock/post/responses").set("201", ship);

        assertThatThrownBy(this::generate).hasMessageContaining("operation dockShip: its successful responses differ");
    }

    @Test
    void shouldRefuseAnswersWithoutASuccess() {
        at("/paths/~1log/get/responses").removeAll();

        assertThatThrownBy(this::generate).hasMessageContaining("operation readLog: needs a successful response");
    }

    @Test
    void shouldRefuseOperationsThatDifferOnlyInCase() {
        at("/paths/~1log/get").put("operationId", "listships");

        assertThatThrownBy(this::generate)
                .hasMessageContaining("operationId listships is also used at #/paths/~1ships/get");
    }

    @Test
    void shouldRefuseTwoQueryParametersOfOneJavaName() {
        ArrayNode parameters = (ArrayNode) bundle.at("/paths/~1search/get/parameters");
        ObjectNode twin = parameters.get(0).deepCopy();
        parameters.add(twin.put("name", "$q"));

        assertThatThrownBy(this::generate)
                .hasMessageContaining("parameters q and $q of searchCargo are both q in Java");
    }
}
