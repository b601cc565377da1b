package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.Paging.Strategy;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** Pages that are not those of OData, over sockets. */
class PageShapeWireTest extends PipelineWithoutRetries {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PagedFlux<Row> read(Strategy strategy, String parameter, String items, String next) {
        Paging paging = new Paging(strategy, 2, null, null, parameter, 1, Envelope.Shape.of(items, next));
        return pipeline.paged(new Operation<>(
                        Row.LIST.info().mutate().paging(paging).build(),
                        ResponseShape.COLLECTION,
                        Row::read,
                        Row::id,
                        null,
                        null)
                .call()
                .build());
    }

    private List<String> sent() {
        return server.requests().stream().map(Request::uri).toList();
    }

    /** Three bytes at a time, so that every member is read again after more bytes have arrived. */
    private static Answer page(String json) {
        return Answer.json(json.replace('\'', '"')).chunked(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data | /next | {'next':'c 2','data':[{'id':'1'},{'id':'2'}],'ok':true} | {'data':[{'id':'3'}],'next':null}",
                "/data/items | /data/next | {'a':1,'data':{'x':{},'items':[{'id':'1'},{'id':'2'}],'next':'c 2'}} |"
                        + " {'data':{'items':[{'id':'3'}]},'b':[]}",
                "/data/items | /page/cursor | {'page':{'size':2,'cursor':'c 2'},'data':{'items':[{'id':'1'},{'id':'2'}]}} |"
                        + " {'data':{'items':[{'id':'3'}]},'page':{'cursor':''}}",
                "/value | /page/cursor | {'value':[{'id':'1'},{'id':'2'}],'page':{'cursor':'c 2'}} |"
                        + " {'page':null,'value':[{'id':'3'}]}",
            })
    void shouldFollowCursors(String items, String next, String first, String last) {
        server.enqueue(page(first), page(last));

        StepVerifier.create(read(Strategy.CURSOR, "after", items, next).map(Row::id))
                .expectNext("1", "2", "3")
                .expectComplete()
                .verify(PATIENCE);

        assertThat(sent()).containsExactly("/api/rows", "/api/rows?after=c%202");
    }

    @Test
    void shouldFollowLinksInOtherMembersWhateverTheirHost() {
        server.enqueue(
                page("{'items':[{'id':'1'}],'links':{'next':'https://elsewhere.test/api/rows?p=2'}}"),
                page("{'items':[{'id':'2'}],'links':{'next':'?p=3'}}"),
                page("{'items':[{'id':'3'}],'links':{}}"));

        StepVerifier.create(
                        read(Strategy.NEXT_LINK, null, "/items", "/links/next").map(Row::id))
                .expectNext("1", "2", "3")
                .expectComplete()
                .verify(PATIENCE);

        assertThat(sent()).containsExactly("/api/rows", "/api/rows?p=2", "/api/rows?p=3");
    }

    @Test
    void shouldFollowLinkHeadersOfBareLists() {
        server.enqueue(
                page("[{'id':'1'},{'id':'2'}]")
                        .header("Link", "<https://h.test/rows?p=0>; title=\"a, b\"; rel=prev")
                        .header("Link", "</rows?p=2>; rel=\"last next\", </rows?p=9>; rel=next"),
                page("[{'id':'3'}]").header("Link", "</rows?p=1>; rel=\"first\""));

        StepVerifier.create(read(Strategy.LINK_HEADER, null, "", "").map(Row::id))
                .expectNext("1", "2", "3")
                .expectComplete()
                .verify(PATIENCE);

        assertThat(sent()).containsExactly("/api/rows", "/api/rows?p=2");
    }

    @Test
    void shouldCountPagesUntilOneIsEmptyAndResumeAtEach() {
        server.enqueue(
                page("{'rows':[{'id':'1'},{'id':'2'}]}"),
                page("{'rows':[{'id':'3'}]}"),
                page("{'rows':[]}"),
                page("{'rows':[{'id':'3'}]}"),
                page("{'rows':null}"));
        PagedFlux<Row> rows = read(Strategy.PAGE_NUMBER, "page", "/rows", "");

        List<Page<Row>> pages = rows.byPage().collectList().block(PATIENCE);
        ContinuationToken second = pages.get(0).next();
        StepVerifier.create(rows.resumeFrom(second).map(Row::id))
                .expectNext("3")
                .expectComplete()
                .verify(PATIENCE);

        assertThat(pages.stream().map(page -> page.items().size())).containsExactly(2, 1, 0);
        assertThat(sent())
                .containsExactly(
                        "/api/rows", "/api/rows?page=2", "/api/rows?page=3", "/api/rows?page=2", "/api/rows?page=3");
    }

    @Test
    void shouldRequestNoPageWithoutDemand() {
        server.enqueue(page("{'data':[{'id':'1'}],'next':2}"), page("{'data':[{'id':'2'}],'next':3}"));

        StepVerifier.create(read(Strategy.CURSOR, "after", "/data", "/next"), 1)
                .expectNextCount(1)
                .then(() -> assertThat(sent()).containsExactly("/api/rows"))
                .thenRequest(1)
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(sent()).containsExactly("/api/rows", "/api/rows?after=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CURSOR | after | /next | {'data':[{'id':'1'}],'next':'c'} | cursor was received twice",
                "PAGE_NUMBER | page | '' | {'data':[{'id':'1'}]} | contained no new item",
                "NEXT_LINK | | /next | {'data':[{'id':'1'}],'next':'/other?p=2'} | nextLink points to another operation",
            })
    void shouldNotReadInALoop(Strategy strategy, String parameter, String next, String body, String words) {
        server.answer(page(body));

        StepVerifier.create(read(strategy, parameter, "/data", next))
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(PagingException.class).hasMessageContaining(words))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/items | {'data':[]} | member \"data\" is not an object",
                "/data/items | {'data':{'x':1}} | member \"data/items\" is missing",
                "/data/items | {'data':{'items':[],'next':{}}} | must be a string or a number",
                "'' | {'data':[]} | an object instead of a list",
            })
    void shouldRefuseAnotherShape(String items, String body, String words) {
        server.answer(page(body));

        StepVerifier.create(read(Strategy.CURSOR, "after", items, "/data/next"))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(DecodeException.class).hasMessageContaining(words))
                .verify(PATIENCE);
    }
}
