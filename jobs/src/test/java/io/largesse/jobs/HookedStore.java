package io.largesse.jobs;

import io.largesse.archive.S3ObjectStore;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The real store, and something that happens once before or after it is asked. */
final class HookedStore implements ObjectStore, AutoCloseable {

    /** What the store is about to be asked, or has been. */
    enum Moment {
        BEFORE_PUT_ONCE,
        AFTER_PUT_ONCE,
        AFTER_FETCH,
        BEFORE_REMOVE
    }

    /** Happens once; may throw. */
    interface Event {
        void happen(String key, Path file) throws IOException;
    }

    private record Hook(Moment moment, String prefix, Event event) {}

    private final S3ObjectStore store;
    private final AtomicReference<Hook> hook = new AtomicReference<>();

    HookedStore(S3ObjectStore store) {
        this.store = store;
    }

    /** @param prefix of the key for which it happens */
    void once(Moment moment, String prefix, Event event) {
        hook.set(new Hook(moment, prefix, event));
    }

    void never() {
        hook.set(null);
    }

    private void at(Moment moment, String key, Path file) throws IOException {
        var laid = hook.get();
        if (laid != null && laid.moment == moment && key.startsWith(laid.prefix) && hook.compareAndSet(laid, null)) {
            laid.event.happen(key, file);
        }
    }

    /** Whether it has happened. */
    boolean happened() {
        return hook.get() == null;
    }

    @Override
    public void putOnce(String key, Path file) throws IOException {
        at(Moment.BEFORE_PUT_ONCE, key, file);
        store.putOnce(key, file);
        at(Moment.AFTER_PUT_ONCE, key, file);
    }

    @Override
    public void put(String key, Path file) throws IOException {
        store.put(key, file);
    }

    @Override
    public void fetch(String key, Path file) throws IOException {
        store.fetch(key, file);
        at(Moment.AFTER_FETCH, key, file);
    }

    @Override
    public void remove(String key) throws IOException {
        at(Moment.BEFORE_REMOVE, key, Path.of(key));
        store.remove(key);
    }

    @Override
    public List<String> list(String prefix, String after) throws IOException {
        return store.list(prefix, after);
    }

    @Override
    public Optional<StoredObject> find(String key) throws IOException {
        return store.find(key);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        store.copy(from, to);
    }

    @Override
    public boolean removeUnchanged(String key, String tag) throws IOException {
        return store.removeUnchanged(key, tag);
    }

    @Override
    public void close() {
        store.close();
    }
}
