package io.vsring.replicated;

import org.jspecify.annotations.Nullable;

/**
 * A key of a map has been changed. Keys and values are decoded when they are asked for, and throw
 * {@link UndecodableException} if this member cannot; all else can be asked in any case. Immutable.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
public final class MapEvent<K, V> {

    /** What has become of the key. */
    public enum Kind {
        /** It has a value, and had none. */
        ADDED,
        /** It has another value, or the same one once more. */
        UPDATED,
        /** It has been taken out. */
        REMOVED,
        /** Its time was over. */
        EXPIRED,
        /** It was the one written longest ago, and there were too many. */
        EVICTED
    }

    private final MapCodecs<K, V> codecs;
    private final MapChange change;

    MapEvent(MapCodecs<K, V> codecs, MapChange change) {
        this.codecs = codecs;
        this.change = change;
    }

    /** The name of the map. */
    public String map() {
        return codecs.name();
    }

    /** What has become of the key. */
    public Kind kind() {
        return change.kind();
    }

    /** The key, as the listener's own map decodes it. */
    public K key() {
        return codecs.key(change.key());
    }

    /** The value that is there no more; null if there was none. */
    public @Nullable V oldValue() {
        return value(change.before());
    }

    /** The value that is there now; null if there is none. */
    public @Nullable V newValue() {
        return value(change.after());
    }

    /** The version of the new value, or of the old one where there is no new one. */
    public long version() {
        return change.version();
    }

    /**
     * Whether it is a difference between the state that was here and one that has taken its place: what lay in between
     * is not known, and what has expired or has been evicted is told as removed.
     */
    public boolean isFoundByComparison() {
        return change.cause() == MapChange.Cause.COMPARISON;
    }

    private @Nullable V value(@Nullable MapEntry entry) {
        return entry == null ? null : codecs.value(change.key(), entry);
    }

    /** Without keys and values. */
    @Override
    public String toString() {
        return "MapEvent[map=" + map() + ", kind=" + kind() + ", version=" + version() + "]";
    }
}
