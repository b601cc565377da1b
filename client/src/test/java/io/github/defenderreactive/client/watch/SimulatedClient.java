package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * What lies between a reader and the service in one process: the library's token cache, a replay after a refused token,
 * and no other repetition, which is harsher than the library is.
 */
final class SimulatedClient {

    private static final TokenRequest SCOPE = TokenRequest.of("api");

    private final VirtualTimeScheduler time;
    private final SimulatedService service;
    private final TokenCache tokens;
    private final RandomGenerator calls;
    private final Happenings happened;

    SimulatedClient(
            VirtualTimeScheduler time,
            SimulatedService service,
            SimulatedAuthority authority,
            RandomGenerator calls,
            Happenings happened) {
        this.time = time;
        this.service = service;
        this.calls = calls;
        this.happened = happened;
        this.tokens = TokenCache.builder(authority)
                .clock(new VirtualClock(time, Instant.EPOCH))
                .scheduler(time)
                .random(calls::nextDouble)
                .build();
    }

    /** All pages, the rows of each as they arrive. */
    Flux<SimulatedTenant.Row> pages(SimulatedTenant.Query query, PollSource.Notes notes) {
        return pages(query, 0, notes);
    }

    private Flux<SimulatedTenant.Row> pages(SimulatedTenant.Query query, int skip, PollSource.Notes notes) {
        return call(query, skip).flatMapMany(answer -> {
            if (answer.date() != null) {
                notes.date(answer.date());
            }
            Flux<SimulatedTenant.Row> rows = Flux.fromIterable(answer.rows());
            if (answer.failure() != null) {
                return rows.concatWith(Flux.error(answer.failure()));
            }
            return answer.more() ? rows.concatWith(pages(query, answer.next(), notes)) : rows;
        });
    }

    /** One page, or the failure for want of a token. */
    Mono<SimulatedService.Answer> call(SimulatedTenant.Query query, int skip) {
        return attempt(query, skip, true);
    }

    private Mono<SimulatedService.Answer> attempt(SimulatedTenant.Query query, int skip, boolean replay) {
        return token(skip)
                .flatMap(token -> Mono.delay(Duration.ofMillis(calls.nextInt(20, 3000)), time)
                        .flatMap(tick -> {
                            SimulatedService.Answer answer = service.answer(query, skip, token);
                            if (replay && answer.failure() instanceof AuthenticationException) {
                                happened.add(Happening.TOKEN_REVOKED);
                                tokens.invalidate(SCOPE, token);
                                return attempt(query, skip, false);
                            }
                            return Mono.just(answer);
                        }));
    }

    private Mono<AccessToken> token(int skip) {
        return Mono.defer(() -> {
            long asked = time.now(TimeUnit.MILLISECONDS);
            return tokens.get(SCOPE)
                    .doOnNext(token -> {
                        if (skip > 0 && time.now(TimeUnit.MILLISECONDS) > asked) {
                            happened.add(Happening.TOKEN_ENDED_IN_A_POLL);
                        }
                    })
                    .doOnError(failure -> {
                        happened.add(noToken(failure));
                        if (skip > 0) {
                            happened.add(Happening.NO_TOKEN_IN_A_POLL);
                        }
                    });
        });
    }

    private static Happening noToken(Throwable failure) {
        if (failure instanceof AuthenticationException) {
            return Happening.SECRET_EXPIRED;
        }
        if (failure instanceof DecodeException) {
            return Happening.AUTHORITY_HIDDEN;
        }
        return failure instanceof CallTimeoutException ? Happening.AUTHORITY_SLOW : Happening.AUTHORITY_DOWN;
    }
}
