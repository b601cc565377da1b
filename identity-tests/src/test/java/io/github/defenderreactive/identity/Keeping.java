package io.github.defenderreactive.identity;

import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A store in memory that remembers all it was ever given. */
final class Keeping implements RefreshTokenStore {

    private final RefreshTokenStore store = RefreshTokenStore.inMemory();
    private final List<String> saved = new CopyOnWriteArrayList<>();

    @Override
    public Mono<String> load() {
        return store.load();
    }

    @Override
    public Mono<Void> save(String refreshToken) {
        return store.save(refreshToken).doOnSuccess(done -> saved.add(refreshToken));
    }

    @Override
    public Mono<Void> clear() {
        return store.clear();
    }

    List<String> saved() {
        return List.copyOf(saved);
    }
}
