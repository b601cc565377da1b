package io.github.defenderreactive.cli.internal.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.Api;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecipesTest {

    @Test
    void shouldReadALine() {
        Recipe recipe = Recipe.parse(
                "getX awaits refusal=404 id=${listX[a=b].id} index=0 {\"Comment\":\"a b\",\"Id\":\"${listY.id}\"}");

        assertThat(recipe.operation()).isEqualTo("getX");
        assertThat(recipe.awaitsAction()).isTrue();
        assertThat(recipe.safe()).isFalse();
        assertThat(recipe.refusals()).containsExactly(404);
        assertThat(recipe.arguments())
                .isEqualTo(Map.of("id", new Template("${listX[a=b].id}"), "index", new Template("0")));
        assertThat(recipe.body()).isEqualTo(new Template("{\"Comment\":\"a b\",\"Id\":\"${listY.id}\"}"));
        assertThat(recipe.references())
                .containsExactlyInAnyOrder(Reference.parse("listX[a=b].id"), Reference.parse("listY.id"));
    }

    @Test
    void shouldRejectUnknownFlags() {
        assertThatThrownBy(() -> Recipe.parse("getX await id=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("await");
    }

    @Test
    void shouldReferToEarlierResponsesOnly() {
        Set<String> before = new HashSet<>();
        for (Recipe recipe : Recipes.all()) {
            assertThat(recipe.references())
                    .as(recipe.operation())
                    .allSatisfy(reference -> assertThat(before).contains(reference.operation()));
            assertThat(before.add(recipe.operation())).as(recipe.operation()).isTrue();
        }
    }

    /** A crawl of a tenant calls these operations. */
    @Test
    void shouldMarkOnlyTheseOperationsAsSafe() {
        assertThat(Recipes.all().stream().filter(Recipe::safe).map(Recipe::operation))
                .containsExactly(
                        "listScanHistoryByDefinition",
                        "listScanHistoryBySession",
                        "runAdvancedQuery",
                        "runHuntingQuery",
                        "runAdvancedHunting");
    }

    @Test
    void shouldHaveARecipeForEveryOperation() {
        List<String> operations =
                Api.all().stream().map(operation -> operation.info().id()).toList();

        assertThat(Recipes.all().stream().map(Recipe::operation)).containsExactlyInAnyOrderElementsOf(operations);
    }
}
