package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.odata.DecimalField;
import io.github.defenderreactive.runtime.odata.EnumField;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TextField;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.FormPart;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.Permissions;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class GeneratedOperationTest {

    private static final GeneratedClient CLIENT = GeneratedClient.instance();

    private static Operation<?> operation(String id) {
        return CLIENT.operation(id).orElseThrow();
    }

    @Test
    void shouldListOperationsInTheOrderOfTheDescription() {
        List<?> all = (List<?>) CLIENT.callStatic("api.Operations", "all");

        assertThat(all)
                .extracting(operation -> ((Operation<?>) operation).info().id())
                .containsExactly(
                        "listShips",
                        "countShips",
                        "changeShips",
                        "getShip",
                        "updateShip",
                        "deleteShip",
                        "dockShip",
                        "listShipCargo",
                        "findShips",
                        "findBerths",
                        "getCargo",
                        "listNames",
                        "searchCargo",
                        "getBuoy",
                        "uploadManifest",
                        "readLog",
                        "notify");
        assertThat(CLIENT.operation("nothing")).isEmpty();
    }

    @Test
    void shouldCarryTheFactsOfTheDescription() {
        OperationInfo info = operation("listShips").info();

        assertThat(info)
                .isEqualTo(OperationInfo.builder()
                        .api("harbour")
                        .id("listShips")
                        .tag("ships")
                        .method("GET")
                        .path("/ships")
                        .summary("Lists ships.")
                        .permissions(
                                new Permissions(List.of("Ship.Read.All", "Ship.ReadWrite.All"), List.of("Ship.Read")))
                        .quota(new Quota("reads", 100, 1500))
                        .paging(new Paging(Paging.Strategy.TIME_WINDOW, 10000, null, "arrivedAt"))
                        .replaySafety(ReplaySafety.SAFE)
                        .emptyOnNotFound(true)
                        .timeout(Duration.ofMinutes(5))
                        .parameters(List.of(
                                new ParameterInfo(
                                        "$filter", ParameterInfo.Location.QUERY, false, false, "What to leave in."),
                                new ParameterInfo(
                                        "$top", ParameterInfo.Location.QUERY, false, false, "Most items in a page."),
                                new ParameterInfo(
                                        "$skip", ParameterInfo.Location.QUERY, false, false, "Items to leave out."),
                                new ParameterInfo(
                                        "$expand",
                                        ParameterInfo.Location.QUERY,
                                        false,
                                        false,
                                        "Relations to include.")))
                        .filterable(
                                List.of("id", "Name", "class", "length", "draught", "arrivedAt", "isMoored", "flags"))
                        .sourcePage("list-ships.md")
                        .headers(Map.of("Prefer", "include-late-ships"))
                        .build());
    }

    @Test
    void shouldCarryTheHeadersAndTheLargestResponseOfTheDescription() {
        OperationInfo ship = operation("getShip").info();

        assertThat(ship.headers()).isEqualTo(Map.of("Prefer", "include-late-ships", "X-Season", "all \"year\""));
        assertThat(ship.maxResponseBytes()).isEqualTo(123_456_789);
        assertThat(ship.parameters()).extracting(ParameterInfo::name).containsExactly("id");
        assertThat(operation("dockShip").info().headers()).isEmpty();
        assertThat(operation("dockShip").info().maxResponseBytes()).isZero();
    }

    @Test
    void shouldGiveWindowsThatAreNotDocumentedAsZero() {
        assertThat(operation("deleteShip").info().quota()).isEqualTo(new Quota("deleteShip", 0, 0));
        assertThat(operation("changeShips").info().quota()).isEqualTo(new Quota("changeShips", 10, 0));
    }

    @Test
    void shouldTellTheShapeOfAnswers() {
        assertThat(operation("listShips").shape()).isEqualTo(ResponseShape.COLLECTION);
        assertThat(operation("getShip").shape()).isEqualTo(ResponseShape.SINGLE);
        assertThat(operation("countShips").shape()).isEqualTo(ResponseShape.SINGLE);
        assertThat(operation("deleteShip").shape()).isEqualTo(ResponseShape.EMPTY);
        assertThat(operation("deleteShip").info().replaySafety()).isEqualTo(ReplaySafety.UNSAFE);
    }

    @Test
    void shouldDecodeAnswersOfEveryKind() {
        assertThat(decoded("countShips", "42")).isEqualTo(42L);
        assertThat(decoded("readLog", "\"calm\"")).isEqualTo("calm");
        assertThat(decoded("listNames", "\"Argo\"")).isEqualTo("Argo");
        assertThat(decoded("searchCargo", "[1]")).hasToString("[1]");
        assertThat(decoded("getCargo", "{\"@kind\":\"bulk\"}")).isInstanceOf(CLIENT.type("model.Bulk"));
        assertThat(decoded("listShips", "{\"id\":\"s\"}")).isInstanceOf(CLIENT.type("model.Ship"));
    }

    private static Object decoded(String operation, String json) {
        JsonDecoder<?> decoder = operation(operation).responseDecoder();
        return decoder.read(JsonReader.of(json));
    }

    @Test
    void shouldDecodeRequests() {
        assertThat(operation("dockShip").requestDecoder().read(JsonReader.of("{\"Berth\":\"1\"}")))
                .isInstanceOf(CLIENT.type("model.DockShipRequest"));
        assertThat(operation("getShip").requestDecoder()).isNull();
    }

    @Test
    void shouldNameTheKeyOfItems() {
        assertThat(key("listShips", CLIENT.read("Ship", "{\"id\":\"s-1\"}"))).isEqualTo("s-1");
        assertThat(key("listShips", CLIENT.read("Ship", "{}"))).isNull();
        assertThat(key("changeShips", CLIENT.read("Change", "{\"number\":7}"))).isEqualTo("7");
        assertThat(key("changeShips", CLIENT.read("Change", "{}"))).isNull();
        assertThat(operation("findShips").key()).isNull();
    }

    @SuppressWarnings("unchecked")
    private static Object key(String operation, Object item) {
        return ((Function<Object, String>) operation(operation).key()).apply(item);
    }

    @Test
    void shouldRenderFunctionStylePaths() {
        Call<?> find = operation("findShips")
                .call()
                .path("name", "O'Hara & Sons/1")
                .path("timestamp", "2026-01-01T00:00:00Z")
                .build();
        Call<?> berths = operation("findBerths")
                .call()
                .path("berth", "a'b")
                .path("number", "3")
                .path("class", "N/A")
                .build();

        assertThat(find.renderedPath())
                .isEqualTo("/ships/find(name='O%27%27Hara%20%26%20Sons%2F1',at=2026-01-01T00:00:00Z)");
        assertThat(berths.renderedPath()).isEqualTo("/ships/berths(berth='a%27%27b',number=3,class=N%2FA)");
    }

    @Test
    void shouldSendQueryArgumentsThatAreSet() {
        Object crew = CLIENT.constant("model.ShipExpansion", "CREW");
        Object cargo = CLIENT.callStatic("model.ShipExpansion", "of", "lifeboats");
        Object expansions = Array.newInstance(CLIENT.type("model.ShipExpansion"), 2);
        Array.set(expansions, 0, crew);
        Array.set(expansions, 1, cargo);
        Object builder = call(CLIENT.builder("query.ListShipsQuery"), "filter", Filter.raw("id eq 's'"));
        Object query = call(call(call(call(builder, "top", 5), "skip", 0), "expand", expansions), "build");

        assertThat(rendered("listShips", query))
                .isEqualTo("$filter=id%20eq%20%27s%27&$top=5&$skip=0&$expand=crew%2Clifeboats");
        assertThat(rendered("listShips", CLIENT.callStatic("query.ListShipsQuery", "all")))
                .isEmpty();
        assertThat(call(call(query, "toBuilder"), "build")).isEqualTo(query).hasSameHashCodeAs(query);
        assertThat(query).hasToString("ListShipsQuery{$filter=id eq 's', $top=5, $skip=0, $expand=crew,lifeboats}");
    }

    private static String rendered(String operation, Object query) {
        Call.Builder<?> call =
                (Call.Builder<?>) call(query, "applyTo", operation(operation).call());
        return call.build().renderedQuery();
    }

    @Test
    void shouldRefuseArgumentsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(CLIENT.builder("query.ListShipsQuery"), "top", 0))
                .withMessage("$top must be between 1 and 10000: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(CLIENT.builder("query.ListShipsQuery"), "top", 10001))
                .withMessage("$top must be between 1 and 10000: 10001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(CLIENT.builder("query.ListShipsQuery"), "skip", -1))
                .withMessage("$skip must be at least 0: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(CLIENT.builder("query.SearchCargoQuery"), "weight", 9007199254740994L))
                .withMessage("weight must be at most 9007199254740993: 9007199254740994");
    }

    @Test
    void shouldSendParametersOfEveryType() {
        Object query = CLIENT.builder("query.SearchCargoQuery");
        call(query, "q", "a&b");
        call(query, "from", Instant.parse("2026-01-01T00:00:00Z"));
        call(query, "ratio", 1.0e-7);
        call(query, "weight", 9007199254740993L);
        call(query, "sealed", true);
        call(query, "class_", CLIENT.constant("model.ShipClass", "N_A"));
        call(query, "words", (Object) new String[] {"x", "y"});
        call(query, "days", (Object) new Instant[] {Instant.EPOCH});
        call(query, "xOddName", "z");

        assertThat(rendered("searchCargo", call(query, "build")))
                .isEqualTo("q=a%26b&from=2026-01-01T00:00:00Z&ratio=0.00000010&weight=9007199254740993&sealed=true"
                        + "&class=N%2FA&words=x%2Cy&days=1970-01-01T00:00:00Z&x-odd%20name=z");
    }

    @Test
    void shouldTakeAnEntityOutOfItsCollection() {
        assertThat(decoded("getBuoy", "{\"buoyId\":\"b\"}")).isInstanceOf(CLIENT.type("model.Buoy"));
        assertThat(decoded("getBuoy", "{\"value\":[{\"buoyId\":\"b\"}]}"))
                .isEqualTo(decoded("getBuoy", "{\"buoyId\":\"b\"}"));
        assertThat(decoded("getBuoy", "{\"value\":[]}")).isNull();
    }

    @Test
    void shouldSendAFormWithItsFile() {
        FileContent file = FileContent.of("manifest.csv", 0, Flux::empty);
        Object builder = CLIENT.builder("query.ManifestForm");
        call(builder, "file", file);
        call(builder, "remark", "fragile");
        call(builder, "copies", 2);
        call(builder, "overrideIfExists", true);
        call(builder, "class_", CLIENT.constant("model.ShipClass", "RO_RO"));
        Object form = call(builder, "build");

        Call.Builder<?> call = operation("uploadManifest").call().path("id", "c-1");
        assertThat(((Call.Builder<?>) call(form, "applyTo", call)).build().form())
                .containsExactly(
                        new FormPart.File("file", file),
                        new FormPart.Text("Remark", "fragile"),
                        new FormPart.Text("Copies", "2"),
                        new FormPart.Text("OverrideIfExists", "true"),
                        new FormPart.Text("Class", "RoRo"));
        assertThat(form)
                .isEqualTo(call(call(form, "toBuilder"), "build"))
                .hasToString("ManifestForm[manifest.csv][null][null]"
                        + "{Remark=fragile, Copies=2, OverrideIfExists=true, Class=RoRo}");
        assertThat(form)
                .isNotEqualTo(call(
                        call(call(form, "toBuilder"), "file", FileContent.of("manifest.csv", 0, Flux::empty)),
                        "build"));
        assertThat(form).isNotEqualTo(call(call(call(form, "toBuilder"), "other", file), "build"));
        assertThat(((Call.Builder<?>) call(call(call(call(form, "toBuilder"), "call", file), "build"), "applyTo", call))
                        .build()
                        .form())
                .contains(new FormPart.File("file", file), new FormPart.File("call", file));
        assertThat(operation("uploadManifest").requestDecoder()).isNull();
        assertThat(operation("uploadManifest").info().parameters())
                .extracting(parameter -> parameter.location() + " " + parameter.name() + " " + parameter.required())
                .containsExactly(
                        "PATH id true",
                        "QUERY dryRun false",
                        "FILE file true",
                        "FORM Remark true",
                        "FORM Copies false",
                        "FORM OverrideIfExists false",
                        "FORM Class false",
                        "FILE call false",
                        "FILE other false");
    }

    @Test
    void shouldRefuseAFormThatLacksAPart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call(CLIENT.builder("query.ManifestForm"), "build"))
                .withMessage("uploadManifest needs file, Remark");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(CLIENT.builder("query.ManifestForm"), "copies", 10))
                .withMessage("Copies must be between 1 and 9: 10");
    }

    @Test
    void shouldNameRequiredArgumentsThatAreMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call(CLIENT.builder("query.SearchCargoQuery"), "build"))
                .withMessage("searchCargo needs q");
    }

    @Test
    void shouldSpellFilterableFieldsAsTheServiceWantsThem() {
        assertThat(((TextField) CLIENT.constant("query.ShipFields", "NAME"))
                        .eq("x")
                        .expression())
                .isEqualTo("Name eq 'x'");
        assertThat(((DecimalField) CLIENT.constant("query.ShipFields", "DRAUGHT"))
                        .le(7.5)
                        .expression())
                .isEqualTo("draught le 7.5");
        EnumField<?> type = (EnumField<?>) CLIENT.constant("query.ShipFields", "CLASS");
        assertThat(call(type, "eq", CLIENT.constant("model.ShipClass", "RO_RO")))
                .hasToString("class eq 'RoRo'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(type, "eq", CLIENT.callStatic("model.ShipClass", "of", "roro")))
                .withMessageContaining(
                        "class has no documented value \"roro\", only \"RoRo\". Documented values are BulkCarrier");
        assertThat(CLIENT.callStatic("query.ShipFields", "isMoored", true)).hasToString("isMoored eq true");
        assertThat(CLIENT.callStatic("query.ShipFields", "flags", "it's"))
                .hasToString("flags/any(element: element eq 'it''s')");
    }
}
