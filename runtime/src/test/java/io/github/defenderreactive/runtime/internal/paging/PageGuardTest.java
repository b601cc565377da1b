package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.internal.rows.Recurrence;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Links that lead astray, pages that overlap, ends that may not be ends. */
class PageGuardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldFollowALinkToAnotherHostOnTheConfiguredOneOnly() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(15, 10));

        StepVerifier.create(rows(transport))
                .expectNextCount(15)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.requests())
                .allSatisfy(
                        request -> assertThat(request.uri().getRawAuthority()).isEqualTo("api.test"));
        assertThat(transport.targets()).containsExactly("/api/rows", "/api/rows?$skip=10");
    }

    @Test
    void shouldSendALinkLetterByLetter() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 3, "https://api.test/API/v1.0/Rows?pagesize=5&$filter=a%20eq%20%27b%27&$skiptoken=eyJh+/=="),
                page(3, 6, null));

        StepVerifier.create(rows(transport)).expectNextCount(6).expectComplete().verify(PATIENCE);

        assertThat(transport.targets().get(1))
                .isEqualTo("/api/Rows?pagesize=5&$filter=a%20eq%20%27b%27&$skiptoken=eyJh+/==");
    }

    /** Digits of another script are no escape, and must not end in a stream that never ends. */
    @Test
    void shouldEncodeAPercentSignBeforeFullWidthDigits() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 3, "/api/rows?$skip=%\uFF11\uFF12"), page(3, 6, null));

        StepVerifier.create(rows(transport)).expectNextCount(6).expectComplete().verify(PATIENCE);

        assertThat(transport.targets().get(1)).isEqualTo("/api/rows?$skip=%25%EF%BC%91%EF%BC%92");
    }

    @Test
    void shouldRefuseALinkThatNoServerTakes() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 3, "/api/rows?$skiptoken=" + "x".repeat(10_000_000)).chunks(100_000));

        StepVerifier.create(rows(transport))
                .expectNextCount(3)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining("larger than"))
                .verify(PATIENCE);
        assertThat(transport.chunksRead()).as("not the whole of it").isLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1_000})
    void shouldEndPagesThatGoInACircleWithNewLinks(int rows) {
        ScriptedTransport[] holder = new ScriptedTransport[1];
        int size = Math.max(1, rows / 3);
        ScriptedTransport transport = ScriptedTransport.serving(request -> {
            int call = holder[0].calls();
            List<Row> page = IntStream.range(0, size)
                    .mapToObj(i -> new Row("r" + (call * size + i) % rows))
                    .toList();
            return Answer.ok(RowService.envelope(page, "/api/rows?$skip=" + call));
        });
        holder[0] = transport;

        StepVerifier.create(rows(transport).then())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("requesting the next page would loop"))
                .verify(PATIENCE);

        assertThat(transport.calls()).isLessThanOrEqualTo(rows / size + 2 + Recurrence.MOST_PAGES);
    }

    @Test
    void shouldEndPagesOfASnapshotThatGoInACircleWithNewLinks() {
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport = ScriptedTransport.serving(request ->
                page(holder[0].calls() % 3, holder[0].calls() % 3 + 5, "/api/rows?$skiptoken=" + holder[0].calls()));
        holder[0] = transport;

        StepVerifier.create(Pipelines.over(transport)
                        .build()
                        .paged(Row.EXPORT.call().build())
                        .then())
                .expectError(PagingException.class)
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(3 + Recurrence.MOST_PAGES + 1);
    }

    /** The ids of a page have no more room than those of the largest page there is. */
    @Test
    void shouldNotAskAgainForAPageWhoseIdsItCouldNotKeep() {
        int rows = 100_000;
        Answer whole = page(0, rows, null).chunks(100_000);
        ScriptedTransport transport = ScriptedTransport.of(
                whole.breakAt(whole.length() - 10, new ConnectionException("reset", true, ErrorContext.NONE, null)));

        StepVerifier.create(rows(transport))
                .expectNextCount(rows - 1)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ConnectionException.class);
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldCountLongIdsForWhatTheyAre() {
        String id = "x".repeat(1 << 20);
        List<Row> page = List.of(new Row(id + 1), new Row(id + 2), new Row(id + 3));
        Answer whole = Answer.ok(RowService.envelope(page, null)).chunks(100_000);
        ScriptedTransport transport = ScriptedTransport.of(
                whole.breakAt(whole.length() - 1, new ConnectionException("reset", true, ErrorContext.NONE, null)));

        StepVerifier.create(rows(transport))
                .expectNextCount(3)
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldSkipItemsThatCannotBeReadWhenAsked() {
        String json = "{\"value\":[{\"id\":\"a\"},null,{\"id\":\"b\"},7],\"@odata.nextLink\":\"/api/rows?$skip=4\"}";
        List<UnreadableItem> told = new ArrayList<>();
        ScriptedTransport transport = ScriptedTransport.of(Answer.ok(json), Answer.ok("{\"value\":[null]}"));

        StepVerifier.create(rows(transport).skipUnreadable(told::add))
                .expectNext(new Row("a"), new Row("b"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(told).extracting(UnreadableItem::json).containsExactly("null", "7", "null");

        StepVerifier.create(rows(ScriptedTransport.of(Answer.ok(json))))
                .expectNext(new Row("a"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodeException.class)
                        .hasMessageContaining("Expected an object but found null")
                        .hasMessageContaining("$.value[1]"))
                .verify(PATIENCE);
    }

    @Test
    void shouldRefuseALinkToAnotherOperation() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 3, "https://api.test/api/machines?$skip=3"));

        StepVerifier.create(rows(transport))
                .expectNextCount(3)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("/rows")
                        .hasMessageContaining("listRows"))
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTheSameLinkTwice() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 3, "/api/rows?$skip=3"), page(3, 6, "/api/rows?$skip=6"), page(6, 9, "/api/rows?$skip=3"));

        StepVerifier.create(rows(transport))
                .expectNextCount(9)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PagingException.class)
                        .hasMessageContaining("nextLink was received twice"))
                .verify(PATIENCE);
    }

    @Test
    void shouldRefuseALinkBackToTheStart() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 3, "https://api.test/api/rows"));

        StepVerifier.create(rows(transport))
                .expectNextCount(3)
                .expectError(PagingException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldEndAWalkThatBringsNothingNew() {
        ScriptedTransport transport =
                ScriptedTransport.of(page(0, 3, "/api/rows?$skip=3"), page(0, 3, "/api/rows?$skip=6"));

        StepVerifier.create(rows(transport))
                .expectNextCount(3)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(PagingException.class).hasMessageContaining("no new item"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
    }

    /** As when so many rows come in front between two pages that all of a page moves back. */
    @Test
    void shouldDropItemsThatStandOnMorePagesThanTwo() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 5, "/api/rows?$skip=5"), page(4, 9, "/api/rows?$skip=10"), page(4, 10, null));

        StepVerifier.create(rows(transport))
                .expectNextSequence(RowService.rows(0, 10))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDropItemsThatStandOnTwoNeighbouringPages() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 5, "/api/rows?$skip=5"), page(4, 9, null));

        StepVerifier.create(rows(transport))
                .expectNextSequence(RowService.rows(0, 9))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldGoOnBehindAnEmptyPageWithALink() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 3, "/api/rows?$skip=3"), page(0, 0, "/api/rows?$skip=4"), page(3, 6, null));

        StepVerifier.create(rows(transport))
                .expectNextSequence(RowService.rows(0, 6))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNotFollowEmptyPagesForEver() {
        ScriptedTransport[] holder = new ScriptedTransport[1];
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> page(0, 0, "/api/rows?$skip=" + holder[0].calls()));
        holder[0] = transport;

        StepVerifier.create(rows(transport)).expectError(PagingException.class).verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(NextLinkNavigator.MAX_EMPTY_PAGES + 1);
    }

    @Test
    void shouldFailBehindAFullFirstPageWithoutALink() {
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, null))))
                .expectNextCount(10)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PossibleTruncationException.class)
                        .hasMessageContaining("10 items"))
                .verify(PATIENCE);
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 9, null))))
                .expectNextCount(9)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, null))).allowTruncation())
                .expectNextCount(10)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, "/api/rows?$skip=10"), page(10, 20, null))))
                .expectNextCount(20)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldGiveTheFullPageBeforeItFails() {
        StepVerifier.create(rows(ScriptedTransport.of(page(0, 10, null))).byPage())
                .assertNext(page -> assertThat(page.items()).hasSize(10))
                .expectError(PossibleTruncationException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeNotFoundForAnEmptyCollectionWhereTheOperationSaysSo() {
        Answer none = Answer.of(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"None\"}}");
        StepVerifier.create(Pipelines.over(ScriptedTransport.of(none))
                        .build()
                        .paged(Row.LIST_MAYBE.call().build()))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(rows(ScriptedTransport.of(none)))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldNotTakeNotFoundBehindAPageForTheEnd() {
        Answer none = Answer.of(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"None\"}}");
        StepVerifier.create(Pipelines.over(ScriptedTransport.of(page(0, 3, "/api/rows?$skip=3"), none))
                        .build()
                        .paged(Row.LIST_MAYBE.call().build()))
                .expectNextCount(3)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(NotFoundException.class);
                    assertThat(ContinuationToken.of(error)).isPresent();
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldNotTakeThePageOfAGatewayForAnEmptyCollection() {
        Answer gateway = Answer.of(404, "<html>").header("Content-Type", "text/html");
        StepVerifier.create(Pipelines.over(ScriptedTransport.of(gateway))
                        .build()
                        .paged(Row.LIST_MAYBE.call().build()))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldDeliverEveryRowOfAPageAlsoWhenTheyHaveOneId() {
        List<Row> rows = List.of(new Row("a"), new Row("b"), new Row("a"), new Row(""), new Row(""), new Row("a"));
        StepVerifier.create(rows(ScriptedTransport.of(Answer.ok(RowService.envelope(rows, null)))))
                .expectNextSequence(rows)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeACallWithTopForOnePage() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(50, 10));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .build()
                .paged(Row.LIST.call().query("$top", "10").build());

        StepVerifier.create(rows).expectNextCount(10).expectComplete().verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows?$top=10");
    }

    @Test
    void shouldFollowLinksBehindTopWhereTheServiceLinksOn() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 10, "https://elsewhere.test/v1.0/rows?$top=10&$skiptoken=a"), page(10, 20, null));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .build()
                .paged(Row.LIST_SIZED.call().query("$top", "10").build());

        StepVerifier.create(rows)
                .expectNextSequence(RowService.rows(0, 20))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows?$top=10", "/api/rows?$top=10&$skiptoken=a");
    }

    @Test
    void shouldSizePagesByTopWhereTheServiceLinksOn() {
        ScriptedTransport transport = ScriptedTransport.of(
                page(0, 4, "/v1.0/rows?$top=4&$skiptoken=a"),
                page(4, 8, "/v1.0/rows?$top=4&$skiptoken=b"),
                page(8, 9, null));
        PagedFlux<Row> rows =
                Pipelines.over(transport).build().paged(Row.LIST_SIZED.call().build());

        StepVerifier.create(rows.pageSize(4))
                .expectNextSequence(RowService.rows(0, 9))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets())
                .containsExactly("/api/rows?$top=4", "/api/rows?$top=4&$skiptoken=a", "/api/rows?$top=4&$skiptoken=b");
        assertThatThrownBy(() -> rows.pageSize(11)).hasMessageContaining("1 to 10");
    }

    @Test
    void shouldTakeAFullPageForWholeWhereTheServiceLinksOn() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 10, null), page(0, 10, null));
        PagedFlux<Row> rows =
                Pipelines.over(transport).build().paged(Row.LIST_SIZED.call().build());

        StepVerifier.create(rows).expectNextCount(10).expectComplete().verify(PATIENCE);
        StepVerifier.create(rows.pageSize(10))
                .expectNextCount(10)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldCountPagesByOffsetUpToAnEmptyOne() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(20, 10));

        StepVerifier.create(rows(transport).pageSize(8))
                .expectNextCount(20)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets())
                .containsExactly(
                        "/api/rows?$top=8",
                        "/api/rows?$top=8&$skip=8",
                        "/api/rows?$top=8&$skip=16",
                        "/api/rows?$top=8&$skip=20");
    }

    @Test
    void shouldAdvanceByRowsReceivedWhenTheServiceCapsAPage() {
        ScriptedTransport transport = ScriptedTransport.of(page(0, 5, null), page(5, 9, null), page(0, 0, null));

        StepVerifier.create(rows(transport).pageSize(8))
                .expectNextCount(9)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets().get(2)).isEqualTo("/api/rows?$top=8&$skip=9");
    }

    @Test
    void shouldTakeTopForTheNumberWantedWhenPagesAreCounted() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(50, 10));
        PagedFlux<Row> rows = Pipelines.over(transport)
                .build()
                .paged(Row.LIST.call().query("$top", "15").query("$skip", "20").build())
                .pageSize(10);

        StepVerifier.create(rows)
                .expectNextSequence(RowService.rows(20, 35))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.targets()).containsExactly("/api/rows?$top=10&$skip=20", "/api/rows?$top=5&$skip=30");
    }

    @Test
    void shouldRefuseAPageSizeOutOfRange() {
        PagedFlux<Row> rows = rows(ScriptedTransport.of());

        assertThatThrownBy(() -> rows.pageSize(11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10");
        assertThatThrownBy(() -> rows.pageSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.prefetchPages(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Answer page(int from, int to, String link) {
        return Answer.ok(RowService.envelope(List.copyOf(RowService.rows(from, to)), link));
    }

    private static PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(Row.LIST.call().build());
    }
}
