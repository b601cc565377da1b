package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedModelTest {

    private static final GeneratedClient CLIENT = GeneratedClient.instance();

    private static final String FULL_SHIP = """
            {"id":"s-1","name":"Nautilus","class":"BulkCarrier","get-class":"g","@odata.type":"#ship","$meta":"m","1st":"f",\
            "to string":"t","IMONumber":9007199254740993,"length":120,"tonnage":5000,"draught":7.25,"isMoored":true,\
            "arrivedAt":"2026-01-02T03:04:05.1234567Z","flags":["a","b"],"soundings":[1.5,2.5],\
            "visits":["2026-01-01T00:00:00Z"],"formerClasses":["RoRo","new one"],"crew":[{"name":"Ned","superior":{"name":\
            "Conseil"}}],"cargo":[{"@kind":"container","seal":"x"},{"@kind":"balloon","gas":["He"]}],"things":[1,"two",\
            {"three":3}],"captain":{"name":"Nemo"},"tender":{"id":"s-2"},"extra":{"any":[true,null]},"old":"o","in":"i",\
            "out":"u","builder":"b","that":"h","map":"p","unknownMembers":"k","naïveÜnïcode":"ü"}""";

    private static JsonEncodable ship(String json) {
        return CLIENT.read("Ship", json);
    }

    private static String written(Object value) {
        return JsonWriter.toJson((JsonEncodable) value);
    }

    @Test
    void shouldWriteWhatItRead() {
        JsonEncodable ship = ship(FULL_SHIP);

        assertThat(written(ship)).isEqualTo(FULL_SHIP);
        assertThat(ship(written(ship))).isEqualTo(ship).hasSameHashCodeAs(ship);
        assertThat(written(call(call(ship, "toBuilder"), "build"))).isEqualTo(FULL_SHIP);
        assertThat(call(ship, "unknownMembers")).isEqualTo(Map.of());
    }

    @Test
    void shouldGiveTypedValues() {
        JsonEncodable ship = ship(FULL_SHIP);

        assertThat(call(ship, "class_")).isSameAs(CLIENT.constant("model.ShipClass", "BULK_CARRIER"));
        assertThat(call(ship, "imoNumber")).isEqualTo(9007199254740993L);
        assertThat(call(ship, "length")).isEqualTo(120);
        assertThat(call(ship, "draught")).isEqualTo(7.25);
        assertThat(call(ship, "isMoored")).isEqualTo(true);
        assertThat(call(ship, "arrivedAt")).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456700Z"));
        assertThat(call(ship, "flags")).isEqualTo(List.of("a", "b"));
        assertThat(call(call(ship, "captain"), "name")).isEqualTo("Nemo");
        assertThat(call(call(ship, "tender"), "id")).isEqualTo("s-2");
        assertThat(call(ship, "extra")).isEqualTo(JsonValue.of("{\"any\":[true,null]}"));
    }

    @Test
    void shouldWriteTheSameThroughPlainJackson() throws Exception {
        assertThat(JsonMapper.builder().build().writeValueAsString(ship(FULL_SHIP)))
                .isEqualTo(FULL_SHIP);
    }

    @Test
    void shouldKeepEveryMemberThatCameAsNull() throws Exception {
        JsonEncodable ship = ship(nullsOf(FULL_SHIP));

        assertThat(written(ship)).isEqualTo(nullsOf(FULL_SHIP));
        assertThat(JsonMapper.builder().build().writeValueAsString(ship)).isEqualTo(nullsOf(FULL_SHIP));
        assertThat(ship).isEqualTo(ship(nullsOf(FULL_SHIP))).hasSameHashCodeAs(ship(nullsOf(FULL_SHIP)));
        assertThat(ship).isNotEqualTo(ship("{}"));
        assertThat(written(call(call(ship, "toBuilder"), "build"))).isEqualTo(nullsOf(FULL_SHIP));
        assertThat(call(ship, "unknownMembers")).isEqualTo(Map.of());
        assertThat(call(ship, "flags")).isEqualTo(List.of());
        assertThat(call(ship, "name")).isNull();
    }

    @Test
    void shouldForgetANullOnceItsMemberIsSet() {
        Object builder = call(ship("{\"id\":null,\"name\":null,\"flags\":null,\"length\":null}"), "toBuilder");
        call(builder, "id", "s-1");
        call(builder, "name", new Object[] {null});
        call(builder, "unknownMember", "length", JsonValue.string("long"));

        assertThat(written(call(builder, "build"))).isEqualTo("{\"id\":\"s-1\",\"flags\":null,\"length\":\"long\"}");
        assertThat(call(builder, "build")).isEqualTo(ship("{\"id\":\"s-1\",\"flags\":null,\"length\":\"long\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":null}|{\"name\":\"N\",\"name\":null}",
                "{\"name\":\"N\"}|{\"name\":null,\"name\":\"N\"}",
                "{\"name\":7}|{\"name\":null,\"name\":7}",
                "{\"name\":null}|{\"name\":7,\"name\":null}",
                "{\"extra\":null}|{\"extra\":1,\"extra\":null}"
            })
    void shouldTakeTheLastOfANullAndAValue(String jsons) {
        String[] lastAndBoth = jsons.split("\\|", 2);

        assertThat(written(ship(lastAndBoth[1]))).isEqualTo(lastAndBoth[0]);
        assertThat(ship(lastAndBoth[1])).isEqualTo(ship(lastAndBoth[0]));
    }

    private static String nullsOf(String json) {
        StringBuilder out = new StringBuilder("{");
        ((Map<?, ?>) JsonValue.of(json).toJava())
                .keySet()
                .forEach(name -> out.append(out.length() > 1 ? "," : "")
                        .append('"')
                        .append(name)
                        .append("\":null"));
        return out.append('}').toString();
    }

    @Test
    void shouldTellAnEmptyListFromAnAbsentOne() {
        assertThat(written(ship("{\"flags\":[]}"))).isEqualTo("{\"flags\":[]}");
        assertThat(ship("{\"flags\":[]}")).isNotEqualTo(ship("{}"));
        assertThat(call(ship("{\"flags\":[]}"), "flags")).isEqualTo(List.of());
    }

    @Test
    void shouldKeepUnknownMembers() {
        String json = "{\"id\":\"s\",\"anchor\":{\"weight\":1.50},\"sails\":[]}";

        JsonEncodable ship = ship(json);

        assertThat(written(ship)).isEqualTo(json);
        assertThat(call(ship, "unknownMembers"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, JsonValue.class))
                .containsOnlyKeys("anchor", "sails");
        assertThat(written(call(call(call(ship, "toBuilder"), "id", "t"), "build")))
                .contains("\"anchor\":{\"weight\":1.50}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7}",
                "{\"name\":{\"first\":\"N\"}}",
                "{\"class\":3}",
                "{\"length\":\"120\"}",
                "{\"length\":4294967296}",
                "{\"length\":1.5}",
                "{\"draught\":\"deep\"}",
                "{\"isMoored\":\"true\"}",
                "{\"arrivedAt\":\"yesterday\"}",
                "{\"arrivedAt\":\"2026-01-02T03:04:05\"}",
                "{\"flags\":\"a\"}",
                "{\"flags\":[\"a\",null,7]}",
                "{\"visits\":[\"2026-01-01T00:00:00Z\",\"never\"]}",
                "{\"crew\":[{\"name\":\"Ned\"},null]}",
                "{\"crew\":[3]}",
                "{\"cargo\":[[]]}",
                "{\"captain\":[]}",
                "{\"captain\":{\"name\":7}}",
                "{\"tender\":\"s-2\"}"
            })
    void shouldKeepValuesThatDoNotFit(String json) {
        JsonEncodable ship = ship(json);

        assertThat(written(ship)).isEqualTo(json);
        assertThat(ship(written(ship))).isEqualTo(ship);
        assertThat(JsonValue.from(ship)).isEqualTo(JsonValue.of(json));
    }

    @Test
    void shouldAnswerTheConvertedValueOfANumberInAString() {
        assertThat(call(ship("{\"length\":\"120\"}"), "length")).isEqualTo(120);
    }

    @Test
    void shouldForgetTheReceivedFormOnceAMemberIsSet() {
        Object changed = call(call(call(ship("{\"length\":\"120\",\"id\":7}"), "toBuilder"), "length", 90), "build");

        assertThat(written(changed)).isEqualTo("{\"length\":90,\"id\":7}");
    }

    @Test
    void shouldTakeTheLastOfTwoEqualMembers() {
        assertThat(written(ship("{\"id\":7,\"id\":\"s\"}"))).isEqualTo("{\"id\":\"s\"}");
        assertThat(written(ship("{\"id\":\"s\",\"id\":7}"))).isEqualTo("{\"id\":7}");
        assertThat(written(ship("{\"x\":1,\"x\":2}"))).isEqualTo("{\"x\":2}");
    }

    @Test
    void shouldAnswerAnAliasWhereTheMemberIsAbsent() {
        JsonEncodable ship = ship("{\"arrived\":\"2026-01-01T00:00:00Z\",\"flagsOld\":[\"x\"]}");

        assertThat(call(ship, "arrivedAt")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(call(ship, "flags")).isEqualTo(List.of("x"));
        assertThat(written(ship)).isEqualTo("{\"arrived\":\"2026-01-01T00:00:00Z\",\"flagsOld\":[\"x\"]}");
    }

    @Test
    void shouldKeepEnumerationTextsThatAreNotKnown() {
        JsonEncodable ship = ship("{\"class\":\"Submarine\"}");

        assertThat(call(call(ship, "class_"), "isKnown")).isEqualTo(false);
        assertThat(call(call(ship, "class_"), "value")).isEqualTo("Submarine");
        assertThat(call(ship, "class_")).isEqualTo(CLIENT.callStatic("model.ShipClass", "of", "Submarine"));
        assertThat(written(ship)).isEqualTo("{\"class\":\"Submarine\"}");
    }

    @Test
    void shouldKnowEveryListedEnumerationText() {
        List<?> known = (List<?>) CLIENT.callStatic("model.ShipClass", "values");

        assertThat(known)
                .extracting(value -> call(value, "value"))
                .containsExactly(
                        "BulkCarrier",
                        "RoRo",
                        "32-bit",
                        "N/A",
                        "",
                        "+",
                        "class",
                        "VLCCTanker",
                        "true",
                        "Quote\"s\\",
                        "Sail*/Ship");
        assertThat(known).allSatisfy(value -> {
            assertThat(call(value, "isKnown")).isEqualTo(true);
            assertThat(CLIENT.callStatic("model.ShipClass", "of", call(value, "value")))
                    .isSameAs(value);
        });
    }

    @Test
    void shouldTellAbsentNullAndValueApartInPatches() {
        Object absent = call(CLIENT.builder("model.UpdateShipRequest"), "build");
        Object nothing = call(call(CLIENT.builder("model.UpdateShipRequest"), "name", new Object[] {null}), "build");
        Object value = call(call(CLIENT.builder("model.UpdateShipRequest"), "name", "Argo"), "build");

        assertThat(written(absent)).isEqualTo("{}");
        assertThat(written(nothing)).isEqualTo("{\"name\":null}");
        assertThat(written(value)).isEqualTo("{\"name\":\"Argo\"}");
        assertThat(Set.of(absent, nothing, value)).hasSize(3);
        assertThat(call(nothing, "nullMembers")).isEqualTo(Set.of("name"));
        assertThat(written(call(call(nothing, "toBuilder"), "build"))).isEqualTo("{\"name\":null}");
        assertThat(written(call(call(call(nothing, "toBuilder"), "name", "Argo"), "build")))
                .isEqualTo("{\"name\":\"Argo\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\":null}", "{\"name\":\"Argo\"}", "{\"name\":null,\"flags\":null}", "{\"name\":7}"
            })
    void shouldReadTheThreeStatesOfPatches(String json) throws Exception {
        JsonEncodable request = CLIENT.read("UpdateShipRequest", json);

        assertThat(written(request)).isEqualTo(json);
        assertThat(JsonMapper.builder().build().writeValueAsString(request)).isEqualTo(json);
    }

    @Test
    void shouldWriteAMemberOnceWhenNullIsFollowedByAnotherForm() {
        Object builder = call(CLIENT.builder("model.UpdateShipRequest"), "name", new Object[] {null});

        assertThat(written(call(call(builder, "unknownMember", "name", JsonValue.number(1)), "build")))
                .isEqualTo("{\"name\":1}");
    }

    @Test
    void shouldNameEveryRequiredMemberThatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call(CLIENT.builder("model.ChangeShipsRequest"), "build"))
                .withMessage("ChangeShipsRequest needs shipIds, Comment");
        assertThatNullPointerException()
                .isThrownBy(() -> call(CLIENT.builder("model.ChangeShipsRequest"), "comment", new Object[] {null}))
                .withMessage("comment");
    }

    @Test
    void shouldStartABuilderWithAConstant() {
        Object request = call(call(CLIENT.builder("model.DockShipRequest"), "berth", "4"), "build");

        assertThat(written(request)).isEqualTo("{\"@odata.type\":\"harbour.dock\",\"Berth\":\"4\"}");
    }

    @Test
    void shouldBuildWhatHasItsRequiredMembers() {
        Object builder = call(CLIENT.builder("model.ChangeShipsRequest"), "comment", "storm");
        Object request = call(call(builder, "shipIds", List.of("s-1")), "build");

        assertThat(written(request)).isEqualTo("{\"shipIds\":[\"s-1\"],\"Comment\":\"storm\"}");
    }

    @Test
    void shouldNotShareItsListsWithTheCaller() {
        List<String> ids = new ArrayList<>(List.of("s-1"));
        Object builder = call(CLIENT.builder("model.ChangeShipsRequest"), "comment", "storm");
        Object request = call(call(builder, "shipIds", ids), "build");
        ids.add("s-2");

        assertThat(call(request, "shipIds")).isEqualTo(List.of("s-1"));
    }

    @Test
    void shouldNotBeChangedByItsBuilderAfterwards() {
        Object builder = call(CLIENT.builder("model.Sailor"), "unknownMember", "a", JsonValue.number(1));
        Object sailor = call(builder, "build");
        call(call(builder, "name", "Ned"), "unknownMember", "b", JsonValue.number(2));

        assertThat(written(sailor)).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldShowItsJsonButNoSecret() {
        assertThat(CLIENT.read("Sailor", "{\"name\":\"Ned\"}")).hasToString("Sailor{\"name\":\"Ned\"}");
        assertThat(CLIENT.read("Ticket", "{\"number\":1,\"link\":\"https://x/?sig=abc\"}"))
                .hasToString("Ticket{\"number\":1,\"link\":\"(hidden)\"}");
        assertThat(CLIENT.read("Ticket", "{\"number\":1,\"link\":[\"sig=abc\"]}"))
                .hasToString("Ticket{\"number\":1,\"link\":\"(hidden)\"}");
        assertThat(CLIENT.read("Ticket", "{\"number\":1}")).hasToString("Ticket{\"number\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@kind\":\"container\",\"seal\":\"x\"}",
                "{\"seal\":\"x\",\"@kind\":\"container\"}",
                "{\"seal\":{\"@kind\":\"bulk\"},\"other\":[{\"@kind\":\"bulk\"}],\"@kind\":\"container\"}"
            })
    void shouldFindTheCaseWhereverTheDiscriminatorStands(String json) {
        JsonEncodable cargo = CLIENT.read("Cargo", json);

        assertThat(cargo).isInstanceOf(CLIENT.type("model.Container"));
        assertThat(JsonValue.from(cargo).toJava()).isEqualTo(JsonValue.of(json).toJava());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"@kind\":null,\"a\":1}",
                "{\"@kind\":7}",
                "{\"@kind\":\"balloon\",\"gas\":[\"He\",{\"p\":1.0}]}",
                "{\"@kind\":\"Container\"}"
            })
    void shouldKeepCasesThatAreNotKnown(String json) throws Exception {
        JsonEncodable cargo = CLIENT.read("Cargo", json);

        assertThat(cargo).isInstanceOf(CLIENT.type("model.Cargo$Unknown")).isEqualTo(CLIENT.read("Cargo", json));
        assertThat(written(cargo)).isEqualTo(json);
        assertThat(JsonMapper.builder().build().writeValueAsString(List.of(cargo)))
                .isEqualTo("[" + json + "]");
    }

    @Test
    void shouldTellTheDiscriminatorOfAnUnknownCase() {
        assertThat(call(CLIENT.read("Cargo", "{\"@kind\":\"balloon\"}"), "discriminator"))
                .isEqualTo("balloon");
        assertThat(call(CLIENT.read("Cargo", "{}"), "discriminator")).isNull();
    }

    @Test
    void shouldBeginACaseWithItsDiscriminator() {
        assertThat(written(call(CLIENT.builder("model.Container"), "build"))).isEqualTo("{\"@kind\":\"container\"}");
        assertThat(written(call(CLIENT.builder("model.Bulk"), "build"))).isEqualTo("{\"@kind\":\"bulk\"}");
        assertThat(written(call(CLIENT.builder("model.Vehicle"), "build"))).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"buoyId\":\"b\",\"depth\":7.5,\"Lights\":[\"red\"],\"code\":\"c\",\"@odata.type\":\"#b\",\"extra\":[1]}",
                "{\"BuoyId\":\"b\",\"Depth\":7.5,\"lights\":[\"red\"],\"Code\":\"c\",\"Extra\":{\"a\":null}}",
                "{\"BuoyID\":\"b\",\"Lights\":[]}",
                "{\"ID\":\"b\",\"Depth\":\"deep\"}",
                "{\"ID\":7,\"Depth\":\"7.5\",\"Lights\":\"red\"}",
                "{\"buoyId\":null,\"Depth\":null,\"Lights\":null,\"Code\":null,\"Extra\":null}",
                "{\"ID\":null,\"depth\":null}",
                "{\"buoyid\":\"another member\"}"
            })
    void shouldKeepTheSpellingThatItRead(String json) throws Exception {
        JsonEncodable buoy = CLIENT.read("Buoy", json);

        assertThat(written(buoy)).isEqualTo(json);
        assertThat(JsonMapper.builder().build().writeValueAsString(buoy)).isEqualTo(json);
        assertThat(CLIENT.read("Buoy", written(buoy))).isEqualTo(buoy).hasSameHashCodeAs(buoy);
        assertThat(written(call(call(buoy, "toBuilder"), "build"))).isEqualTo(json);
    }

    @Test
    void shouldGiveTheSameValueInEverySpelling() {
        for (String name : List.of("buoyId", "BuoyId", "BuoyID", "ID")) {
            assertThat(call(CLIENT.read("Buoy", "{\"" + name + "\":\"b\"}"), "buoyId"))
                    .isEqualTo("b");
        }
        assertThat(CLIENT.read("Buoy", "{\"ID\":\"b\"}")).isNotEqualTo(CLIENT.read("Buoy", "{\"buoyId\":\"b\"}"));
        assertThat(CLIENT.read("Buoy", "{\"ID\":null}")).isNotEqualTo(CLIENT.read("Buoy", "{\"buoyId\":null}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"buoyId\":\"a\",\"ID\":\"b\"}",
                "{\"ID\":\"b\",\"buoyId\":\"a\"}",
                "{\"ID\":\"b\",\"BuoyID\":3,\"BuoyId\":\"c\"}",
                "{\"Depth\":1.5,\"depth\":2.5}",
                "{\"depth\":\"x\",\"Depth\":2.5}",
                "{\"extra\":1,\"Extra\":2}",
                "{\"ID\":null,\"buoyId\":\"a\"}",
                "{\"ID\":\"b\",\"buoyId\":null}",
                "{\"buoyId\":null,\"ID\":\"b\"}",
                "{\"buoyId\":\"a\",\"ID\":null}",
                "{\"ID\":null,\"buoyId\":null,\"BuoyID\":null}",
                "{\"ID\":null,\"buoyId\":7}",
                "{\"buoyId\":7,\"ID\":null}",
                "{\"extra\":null,\"Extra\":2}",
                "{\"Extra\":2,\"extra\":null}"
            })
    void shouldLoseNeitherOfTwoSpellingsInOneObject(String json) {
        JsonEncodable buoy = CLIENT.read("Buoy", json);

        assertThat(JsonValue.from(buoy).toJava()).isEqualTo(JsonValue.of(json).toJava());
        assertThat(CLIENT.read("Buoy", written(buoy))).isEqualTo(buoy);
    }

    @Test
    void shouldTakeTheLastOfTwoEqualSpellings() {
        assertThat(written(CLIENT.read("Buoy", "{\"ID\":\"a\",\"ID\":\"b\"}"))).isEqualTo("{\"ID\":\"b\"}");
        assertThat(written(CLIENT.read("Buoy", "{\"ID\":\"a\",\"ID\":7}"))).isEqualTo("{\"ID\":7}");
        assertThat(written(CLIENT.read("Buoy", "{\"ID\":null,\"ID\":7}"))).isEqualTo("{\"ID\":7}");
        assertThat(written(CLIENT.read("Buoy", "{\"ID\":7,\"ID\":null}"))).isEqualTo("{\"ID\":null}");
    }

    @Test
    void shouldKeepTheSpellingOfAMemberThatIsSetAgain() {
        Object builder = call(CLIENT.read("Buoy", "{\"ID\":7,\"Depth\":1.5}"), "toBuilder");

        assertThat(written(call(call(builder, "depth", 2.5), "build"))).isEqualTo("{\"Depth\":2.5,\"ID\":7}");
        call(builder, "depth", new Object[] {null});
        assertThat(call(builder, "build")).isEqualTo(CLIENT.read("Buoy", "{\"ID\":7}"));
    }

    @Test
    void shouldTakeAnotherFormInThePlaceOfANullInAnySpelling() {
        Object builder = call(CLIENT.read("Buoy", "{\"ID\":null,\"Depth\":null}"), "toBuilder");
        call(builder, "unknownMember", "ID", JsonValue.number(7));
        call(builder, "unknownMember", "depth", JsonValue.string("deep"));

        assertThat(written(call(builder, "build"))).isEqualTo("{\"Depth\":null,\"ID\":7,\"depth\":\"deep\"}");
    }

    @Test
    void shouldShowNoSecretInAnySpelling() {
        assertThat(CLIENT.read("Buoy", "{\"Code\":\"s3cret\"}")).hasToString("Buoy{\"Code\":\"(hidden)\"}");
        assertThat(CLIENT.read("Buoy", "{\"code\":\"s3cret\",\"Code\":\"s3cret\"}")
                        .toString())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"s\",\"name\":null,\"anchor\":{\"weight\":1.5},\"length\":\"120\",\"flags\":[\"a\",null]}",
                "{\"cargo\":[{\"@kind\":\"container\",\"seal\":\"x\"},{\"@kind\":\"balloon\",\"gas\":[]}],\"extra\":{\"a\":[1,null]}}"
            })
    void shouldBeReadByPlainJackson(String json) throws Exception {
        JsonMapper mapper = JsonMapper.builder().build();

        assertThat(mapper.readValue(json, CLIENT.type("model.Ship"))).isEqualTo(ship(json));
        assertThat(CLIENT.callStatic("model.Ship", "fromMap", call(ship(json), "toMap")))
                .isEqualTo(ship(json));
    }

    @Test
    void shouldReadUnionsEnumerationsAndPatchesByPlainJackson() throws Exception {
        JsonMapper mapper = JsonMapper.builder().build();

        assertThat(mapper.readValue(FULL_SHIP, CLIENT.type("model.Ship"))).isEqualTo(ship(FULL_SHIP));
        for (String cargo : List.of("{\"seal\":\"x\",\"@kind\":\"container\"}", "{\"@kind\":\"balloon\"}", "{}")) {
            assertThat(mapper.readValue(cargo, CLIENT.type("model.Cargo"))).isEqualTo(CLIENT.read("Cargo", cargo));
        }
        assertThat(mapper.readValue("{\"@kind\":\"bulk\"}", CLIENT.type("model.Cargo$Unknown")))
                .hasToString("Unknown{\"@kind\":\"bulk\"}");
        assertThat(mapper.readValue("\"RoRo\"", CLIENT.type("model.ShipClass")))
                .isSameAs(CLIENT.constant("model.ShipClass", "RO_RO"));
        for (String patch : List.of("{}", "{\"name\":null}", "{\"name\":\"Argo\"}")) {
            assertThat(written(mapper.readValue(patch, CLIENT.type("model.UpdateShipRequest"))))
                    .isEqualTo(patch);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"id\":\"s\",\"anchor\":1} | {\"id\":\"s\"} | anchor",
                "{\"name\":null,\"to\":null} | {\"name\":null} | to",
                "{\"id\":7} | {} | id",
                "{\"flags\":[\"a\",null]} | {\"flags\":[\"a\"]} | flags",
                "{\"flags\":\"a\"} | {} | flags",
                "{\"captain\":{\"name\":\"N\",\"rank\":1}} | {\"captain\":{\"name\":\"N\"}} | captain.rank",
                "{\"crew\":[{},{\"superior\":{\"a\":1}}]} | {\"crew\":[{},{\"superior\":{}}]} | crew[1].superior.a",
                "{\"cargo\":[{\"@kind\":\"bulk\",\"x\":1}]} | {\"cargo\":[{\"@kind\":\"bulk\"}]} | cargo[0].x",
                "{\"cargo\":[{\"@kind\":\"gas\",\"x\":1}]} | {\"cargo\":[{\"@kind\":\"gas\"}]} | cargo[0].x",
                "{\"length\":\"long\"} | {} | length",
                "{\"a\\u0007b\":1} | {} | ['a?b']"
            })
    void shouldLeaveOutAndRefuseWhatIsNotKnown(String json, String known, String named) {
        JsonEncodable ship = ship(json);

        assertThat(written(call(ship, "withoutUnknownMembers"))).isEqualTo(known);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(ship, "requireKnownMembers"))
                .withMessage("Ship has members that are unknown or not in their documented form: " + named);
        assertThat(written(ship)).isEqualTo(json);
    }

    /** Values that were understood: a browser's times have three digits, and forms send numbers as texts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"arrivedAt\":\"2026-01-02T03:04:05.120Z\"} | {\"arrivedAt\":\"2026-01-02T03:04:05.12Z\"}",
                "{\"length\":\"120\",\"isMoored\":\"true\"} | {\"length\":120,\"isMoored\":true}",
                "{\"visits\":[\"2026-01-01T00:00:00.000Z\"]} | {\"visits\":[\"2026-01-01T00:00:00Z\"]}",
                "{\"name\":null,\"class\":\"Submarine\"} | {\"name\":null,\"class\":\"Submarine\"}",
                "{\"things\":[null,1],\"extra\":{\"any\":[{}]}} | {\"things\":[null,1],\"extra\":{\"any\":[{}]}}",
                "{} | {}"
            })
    void shouldAcceptWhatIsUnderstood(String json, String known) {
        JsonEncodable ship = ship(json);

        assertThat(written(call(ship, "withoutUnknownMembers"))).isEqualTo(known);
        assertThat(call(ship, "requireKnownMembers")).isSameAs(ship);
    }

    @Test
    void shouldKeepTheThreeStatesOfAPatchWithoutUnknownMembers() {
        JsonEncodable patch = CLIENT.read("UpdateShipRequest", "{\"name\":null,\"admin\":true,\"flags\":[\"f\"]}");

        assertThat(written(call(patch, "withoutUnknownMembers"))).isEqualTo("{\"name\":null,\"flags\":[\"f\"]}");
    }

    @Test
    void shouldNameSomeOfManyUnknownMembers() {
        StringBuilder json = new StringBuilder("{\"id\":\"s\"");
        for (int i = 0; i < 25; i++) {
            json.append(",\"u").append(i).append("\":\"secret\"");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(ship(json.append('}').toString()), "requireKnownMembers"))
                .withMessageEndingWith("u0, u1, u2, u3, u4, u5, u6, u7, u8, u9 and 15 more");
    }

    @Test
    void shouldFindEnumerationTextsInAnyLetterCase() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(CLIENT.callStatic("model.ShipClass", "known", "BULKCARRIER"))
                    .isEqualTo(Optional.of(CLIENT.constant("model.ShipClass", "BULK_CARRIER")));
            assertThat(CLIENT.callStatic("model.ShipClass", "known", "32-BIT"))
                    .isEqualTo(Optional.of(CLIENT.callStatic("model.ShipClass", "of", "32-bit")));
            assertThat(CLIENT.callStatic("model.ShipClass", "known", "Submarine"))
                    .isEqualTo(Optional.empty());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldReadObjectsWithoutKnownMembers() {
        assertThat(written(CLIENT.read("NoMembers", "{\"a\":1}"))).isEqualTo("{\"a\":1}");
    }
}
