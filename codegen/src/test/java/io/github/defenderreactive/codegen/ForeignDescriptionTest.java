package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A description that follows no rule of this project is generated, compiled and used as it is. */
class ForeignDescriptionTest {

    private static final Path SOURCE = Path.of("src", "test", "resources", "foreign", "bakery.yaml");

    @TempDir
    static Path folder;

    private static Map<String, String> sources = Map.of();
    private static String printed = "";
    private static URLClassLoader loader;

    @BeforeAll
    static void generate() throws IOException {
        Garden.generate(Files.readString(SOURCE), folder, "bakery");
        Path output = folder.resolve("out/src/main/java");
        sources = Nasty.javaFiles(output);
        List<Path> files = sources.keySet().stream().map(output::resolve).toList();
        printed = GeneratedClient.compile(files, Files.createDirectories(folder.resolve("classes")));
        loader = new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()}, ForeignDescriptionTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass("bakery." + name);
    }

    private static JsonEncodable read(String model, String json) throws ReflectiveOperationException {
        return (JsonEncodable)
                type("model." + model).getMethod("read", JsonReader.class).invoke(null, JsonReader.of(json));
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    @Test
    void shouldCompileWithoutWarnings() {
        assertThat(printed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OrdersApi | PagedFlux<BakeryV1Order> getOrders(GetOrdersQuery query)",
                "OrdersApi | Mono<Void> patchOrder(String orderId, BakeryV1Order request)",
                "DefaultApi | Mono<BakeryV1Order> ordersCreateOne(OrdersCreateOneRequest request)",
                "DefaultApi | Mono<BakeryV1Order> getOrder(String orderId)",
                "DefaultApi | Mono<Void> deleteOrdersByOrderId(String orderId)",
                "DefaultApi | Mono<Bread> listBreads(ListBreadsKind kind)",
                "DefaultApi | Mono<JsonValue> import_()",
            })
    void shouldHaveTheMethod(String api, String method) {
        assertThat(sources.get("bakery/api/" + api + ".java")).contains("public " + method + " {");
    }

    @Test
    void shouldSayNothingAboutWhatIsNotThere() {
        assertThat(sources.values())
                .noneMatch(source -> source.contains("Permissions:")
                        || source.contains("Rate limit:")
                        || source.contains("Documented in"));
    }

    @Test
    void shouldReadWhatHasNoTypeInJava() throws ReflectiveOperationException {
        String json =
                "{\"id\":null,\"state\":\"in progress\",\"billing\":{\"address\":{\"street\":\"s\"},\"kind\":\"invoice\"},"
                        + "\"+1\":1,\"-1\":2,\"_name\":\"x\",\"name\":\"y\",\"free\":[1],\"a\\\"b\":\"z\"}";

        JsonEncodable order = read("BakeryV1Order", json);

        assertThat(JsonWriter.toJson(order)).isEqualTo(json);
        assertThat(call(order, "_1")).isEqualTo(1L);
        assertThat(call(order, "_1_2")).isEqualTo(2L);
        assertThat(call(order, "name")).isEqualTo("x");
        assertThat(call(order, "title")).isEqualTo("y");
        assertThat(call(order, "state")).hasToString("in progress");
        assertThat(call(order, "unknownMembers")).asString().contains("a\"b");
    }

    @Test
    void shouldReadTheCasesOfABase() throws ReflectiveOperationException {
        assertThat(read("Bread", "{\"kind\":\"rye\",\"days\":2}")).isInstanceOf(type("model.Rye"));
        assertThat(read("Bread", "{\"kind\":\"Wheat\"}")).isInstanceOf(type("model.Wheat"));
        assertThat(read("Bread", "{\"kind\":\"plain\"}")).isInstanceOf(type("model.BreadBase"));
        assertThat(read("Bread", "{\"kind\":\"corn\"}")).isInstanceOf(type("model.Bread$Unknown"));
        assertThat(call(
                        read("BakeryV1Order", "{\"state\":\"new\",\"payment\":{\"by\":\"cash\",\"coins\":3}}"),
                        "payment"))
                .isInstanceOf(type("model.BakeryV1OrderPaymentOption2"));
    }

    @Test
    void shouldReadAFreeValueAsOneOfItsChoices() throws ReflectiveOperationException {
        JsonEncodable toast = read("Toast", "{\"topping\":{\"street\":\"s\"},\"filling\":7}");

        assertThat(call(toast, "topping")).isEqualTo(JsonValue.of("{\"street\":\"s\"}"));
        assertThat(call(call(toast, "toppingAsAddress"), "street")).isEqualTo("s");
        assertThat(call(toast, "toppingAsEntity")).isNotNull();
        for (String absent : List.of("{}", "{\"topping\":null}", "{\"topping\":[{}]}")) {
            assertThat(call(read("Toast", absent), "toppingAsAddress")).isNull();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldSendMediaTypesOfTheService() throws ReflectiveOperationException {
        Optional<Operation<?>> operation = (Optional<Operation<?>>)
                type("api.Operations").getMethod("find", String.class).invoke(null, "getOrder");

        assertThat(operation.orElseThrow().info().headers()).containsEntry("Accept", "application/vnd.bakery.v3+json");
    }

    @Test
    void shouldGenerateTheSameFromItsBundle() throws IOException {
        Path bundled = Files.createDirectory(folder.resolve("bundled"));

        Garden.generate(BundleText.yaml(new Bundle(SOURCE).build()), bundled, "bakery");

        assertThat(Nasty.javaFiles(bundled.resolve("out/src/main/java"))).isEqualTo(sources);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "street: { type: string } | street: { type: text } | garden.yaml:96:66"
                        + " #/components/schemas/bakery.v1.order/allOf/1/properties/billing/properties/address/properties/street/type:"
                        + " unknown type text; the types are array, boolean, integer, null, number, object and string",
                "days: { type: integer } | days: { type: integer, minimum: a } | garden.yaml:127:100"
                        + " #/components/schemas/Rye/allOf/1/properties/days/minimum: must be a number, was \"a\"; correct or remove"
                        + " it",
            })
    void shouldNameThePlaceInTheOriginal(String old, String replacement, String message) throws IOException {
        String description = Files.readString(SOURCE);
        assertThat(description).containsOnlyOnce(old);
        Path broken = Files.createTempDirectory(folder, "broken");

        assertThatThrownBy(() -> Garden.generate(description.replace(old, replacement), broken))
                .isInstanceOf(DescriptionException.class)
                .hasMessage(message);
    }
}
