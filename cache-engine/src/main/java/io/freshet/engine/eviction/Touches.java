package io.freshet.engine.eviction;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The reads of entries that are not in the order of eviction yet.
 *
 * <p>A fixed table, in which each key has one place: a key whose place another one has taken is not
 * noted this time, so that a busy node notes a sample of what it reads. Noting takes no lock and
 * allocates nothing for a key that is there. Thread-safe.
 */
public final class Touches {

    /** Enough for 5,000 different keys a second when it is drained ten times a second. */
    public static final int PLACES = 512;

    private final AtomicReferenceArray<@Nullable Note> places;

    /**
     * A key, and how often it was read: roughly, since reads at the very same time may count as
     * one.
     */
    public static final class Note {

        private final NamespaceConfig namespace;
        private final EntryKey key;
        private int reads = 1;

        Note(NamespaceConfig namespace, EntryKey key) {
            this.namespace = namespace;
            this.key = key;
        }

        public NamespaceConfig namespace() {
            return namespace;
        }

        public EntryKey key() {
            return key;
        }

        public int reads() {
            return reads;
        }

        boolean isOf(NamespaceConfig otherNamespace, EntryKey otherKey) {
            return key.equals(otherKey) && namespace.name().equals(otherNamespace.name());
        }
    }

    /**
     * @param places a power of two
     */
    public Touches(int places) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException("places must be a power of two, not " + places);
        }
        this.places = new AtomicReferenceArray<>(places);
    }

    /** Notes that a key was read. */
    public void read(NamespaceConfig namespace, EntryKey key) {
        int place = (int) (KeyHash.of(namespace.name(), key) >>> 32) & places.length() - 1;
        Note note = places.getPlain(place);
        if (note == null) {
            places.compareAndSet(place, null, new Note(namespace, key));
        } else if (note.isOf(namespace, key)) {
            note.reads++;
        }
    }

    /** Takes out what was noted since the last time. */
    public List<Note> drain() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < places.length(); i++) {
            Note note = places.getPlain(i) == null ? null : places.getAndSet(i, null);
            if (note != null) {
                notes.add(note);
            }
        }
        return notes;
    }
}
