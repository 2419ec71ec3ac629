package io.vsring.replicated;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** See {@link ReplicatedMap#asConcurrentMap}. It has no state of its own. Any thread. */
final class ConcurrentMapView<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {

    private final ReplicatedMap<K, V> map;

    ConcurrentMapView(ReplicatedMap<K, V> map) {
        this.map = map;
    }

    // --- reads

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public @Nullable V get(Object key) {
        return map.get(asKey(key));
    }

    @Override
    public boolean containsKey(Object key) {
        return map.containsKey(asKey(key));
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> taker) {
        map.forEach(taker);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    // --- changes

    @Override
    public @Nullable V put(K key, V value) {
        return map.put(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        if (!entries.isEmpty()) {
            map.putAll(entries);
        }
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return map.putIfAbsent(key, value);
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return map.replace(key, value);
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return map.replace(key, expected, value);
    }

    @Override
    public @Nullable V remove(Object key) {
        return map.remove(asKey(key));
    }

    @Override
    @SuppressWarnings("unchecked") // a value of another type is refused by the codec
    public boolean remove(Object key, @Nullable Object value) {
        K typed = asKey(key);
        return value != null && map.remove(typed, (V) value);
    }

    @Override
    public void clear() {
        map.clear();
    }

    // --- changes that are computed: as often as somebody else is faster

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        requireNonNull(function, "function");
        while (true) {
            ReplicatedMap.Versioned<V> before = map.getVersioned(key);
            V after = function.apply(key, before == null ? null : before.value());
            if (set(key, before, after)) {
                return after;
            }
        }
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        requireNonNull(function, "function");
        while (true) {
            ReplicatedMap.Versioned<V> before = map.getVersioned(key);
            if (before == null) {
                return null;
            }
            V after = function.apply(key, before.value());
            if (set(key, before, after)) {
                return after;
            }
        }
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        requireNonNull(value, "value");
        requireNonNull(function, "function");
        return compute(key, (same, before) -> before == null ? value : function.apply(before, value));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        requireNonNull(function, "function");
        for (K key : keySet()) {
            V unused = computeIfPresent(
                    key, (same, value) -> requireNonNull(function.apply(same, value), "the function's result"));
        }
    }

    private boolean set(K key, ReplicatedMap.@Nullable Versioned<V> before, @Nullable V after) {
        if (after != null) {
            return map.replaceIfVersion(key, before == null ? 0 : before.version(), after);
        }
        return before == null || map.removeIfVersion(key, before.version());
    }

    @SuppressWarnings("unchecked") // a key of another type is refused by the codec
    private K asKey(Object key) {
        return (K) requireNonNull(key, "key");
    }

    // --- iteration

    /** An entry as it was when the iterator came by; what is set goes to the map. */
    @SuppressWarnings("serial") // the map is not written anywhere
    private final class Passed extends SimpleEntry<K, V> {

        Passed(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            V unused = map.put(getKey(), value);
            return super.setValue(value);
        }
    }

    private final class Walk<T> implements Iterator<T> {

        private final BiFunction<K, MapView.Seen, T> show;
        private final Iterator<MapView.Seen> source = map.iterator();
        private @Nullable K last;

        Walk(BiFunction<K, MapView.Seen, T> show) {
            this.show = show;
        }

        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public T next() {
            MapView.Seen seen = source.next();
            K key = map.codecs().key(seen.key());
            last = key;
            return show.apply(key, seen);
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("remove() belongs behind next(), once");
            }
            last = null;
            V unused = map.remove(key);
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Walk<>((key, seen) -> new Passed(key, map.codecs().value(seen.key(), seen.entry())));
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean contains(Object object) {
            if (!(object instanceof Map.Entry<?, ?> entry)) {
                return false;
            }
            V value = get(entry.getKey());
            return value != null && value.equals(entry.getValue());
        }

        @Override
        public boolean remove(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && ConcurrentMapView.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    private final class Keys extends AbstractSet<K> {

        @Override
        public Iterator<K> iterator() {
            return new Walk<>((key, seen) -> key);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return ConcurrentMapView.this.remove(key) != null;
        }

        @Override
        public void clear() {
            map.clear();
        }
    }
}
