package io.github.defenderreactive.runtime.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Tokens kept as text and gone on with, by link and by offset. */
class ContinuationTokenTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldGoOnBehindEveryPage() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));
        PagedFlux<Row> rows = rows(transport);

        goesOnBehindEveryPage(rows, 3);
    }

    @Test
    void shouldGoOnBehindEveryPageByOffset() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));

        goesOnBehindEveryPage(rows(transport).pageSize(10), 4);
    }

    private static void goesOnBehindEveryPage(PagedFlux<Row> rows, int pages) {
        List<Page<Row>> all = new ArrayList<>();
        StepVerifier.create(rows.byPage().doOnNext(all::add))
                .expectNextCount(pages)
                .expectComplete()
                .verify(PATIENCE);
        int before = 0;
        for (Page<Row> page : all.subList(0, pages - 1)) {
            before += page.items().size();
            String kept = page.next().toString();
            assertThat(kept).matches("[A-Za-z0-9_-]+");
            ContinuationToken token = ContinuationToken.parse(kept);
            assertThat(token).isEqualTo(page.next()).hasSameHashCodeAs(page.next());
            assertThat(token.operationId()).isEqualTo("listRows");
            assertThat(token.itemsBefore()).isEqualTo(before);
            StepVerifier.create(rows.resumeFrom(token))
                    .expectNextSequence(RowService.rows(before, 25))
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(rows.byPage(token))
                    .expectNextCount(pages - all.indexOf(page) - 1)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(all.get(pages - 1).next()).isNull();
    }

    @Test
    void shouldKeepThePageSizeOfTheTokenAndTheNumberWanted() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(50, 10));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .build()
                .paged(Row.LIST.call().query("$top", "12").query("$skip", "3").build())
                .pageSize(5);
        List<ContinuationToken> tokens = new ArrayList<>();

        StepVerifier.create(rows.byPage(), 1)
                .consumeNextWith(page -> tokens.add(page.next()))
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(rows.resumeFrom(tokens.get(0)))
                .expectNextSequence(RowService.rows(8, 15))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldRefuseATokenOfAnotherOperationOrOtherArguments() {
        PagedFlux<Row> rows = rows(ScriptedTransport.of());
        ContinuationToken other = ContinuationToken.parse(
                new PagePosition("getRow", new PageLocation("/rows?$skip=10", 0, 10), 0).text());
        ContinuationToken elsewhere = ContinuationToken.parse(
                new PagePosition("listRows", new PageLocation("/machines?$skip=10", 0, 10), 0).text());
        ContinuationToken filtered = ContinuationToken.parse(
                new PagePosition("listRows", new PageLocation("/rows?$filter=a&$top=5&$skip=10", 10, 10), 5).text());

        assertThatThrownBy(() -> rows.resumeFrom(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("getRow");
        assertThatThrownBy(() -> rows.byPage(elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other arguments");
        assertThatThrownBy(() -> rows.resumeFrom(filtered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other arguments");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\nlistRows\nlink\n0\n0\n/rows",
                "1\nlistRows\nlink\n0\n0",
                "1\nlistRows\nwindow\n0\n0\n/rows",
                "1\nlistRows\nlink\nx\n0\n/rows",
                "1\nlistRows\noffset\n0\n0\n/rows",
                ""
            })
    void shouldRefuseTextsThatAreNoTokens(String content) {
        String text = Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ContinuationToken.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("continuation token");
    }

    @Test
    void shouldRefuseTextThatIsNotBase64() {
        assertThatThrownBy(() -> ContinuationToken.parse("###"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base64url");
    }

    @Test
    void shouldFindNoTokenInOtherErrors() {
        assertThat(ContinuationToken.of(new IllegalStateException("no"))).isEmpty();
    }

    private static PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(Row.LIST.call().build());
    }
}
