package io.freshet.infra.check.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that was written and read. Thread-safe for notes; judged when the load has ended.
 *
 * <p>About 100 bytes a read.
 */
public final class History {

    private final Map<Register, Track> tracks = new ConcurrentHashMap<>();
    private final LongAdder writes = new LongAdder();
    private final LongAdder reads = new LongAdder();

    /** The notes about one register. */
    static final class Track {
        private final Register register;
        private final List<Write> writes = new ArrayList<>();
        private final List<Read> reads = new ArrayList<>();

        private Track(Register register) {
            this.register = register;
        }

        Register register() {
            return register;
        }

        synchronized List<Write> writes() {
            return List.copyOf(writes);
        }

        synchronized List<Read> reads() {
            return List.copyOf(reads);
        }

        private synchronized void add(Write write) {
            writes.add(write);
        }

        private synchronized void add(Read read) {
            reads.add(read);
        }
    }

    /** Notes a commit. The commits of one register are noted in their order. */
    public void wrote(Register register, Write write) {
        track(register).add(write);
        writes.increment();
    }

    public void read(Register register, Read read) {
        track(register).add(read);
        reads.increment();
    }

    public long writes() {
        return writes.sum();
    }

    public long reads() {
        return reads.sum();
    }

    Collection<Track> tracks() {
        return tracks.values();
    }

    private Track track(Register register) {
        return tracks.computeIfAbsent(register, Track::new);
    }
}
