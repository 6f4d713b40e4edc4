package io.freshet.contracts.position;

/**
 * A place in one partition of the invalidation log, and the age of everything cached.
 *
 * <p>The position {@code p} means "the first {@code p} records of the partition are consumed"; a
 * stamp says that every invalidation at or below it was in force when the source was read. An
 * invalidation at {@code p} kills stamps below {@code p}; at equality the fill wins. The epoch is
 * the high part: a changed partition count begins a new one, and every older stamp is below it.
 *
 * <p>Packed into 52 bits (10 of epoch, 42 of position) so that Redis scripts, whose numbers are
 * doubles, compare it exactly. Stamps of different partitions are never compared.
 */
public record Stamp(long packed) implements Comparable<Stamp> {

    private static final int POSITION_BITS = 42;
    private static final long MAX_POSITION = (1L << POSITION_BITS) - 1;
    private static final int MAX_EPOCH = (1 << 10) - 1;

    /** Below every other stamp: nothing is known. */
    public static final Stamp ZERO = new Stamp(0);

    public Stamp {
        if (packed < 0 || packed >>> POSITION_BITS > MAX_EPOCH) {
            throw new IllegalArgumentException("not a stamp: " + packed);
        }
    }

    public static Stamp of(int epoch, long position) {
        if (epoch < 0 || epoch > MAX_EPOCH || position < 0 || position > MAX_POSITION) {
            throw new IllegalArgumentException("not a stamp: " + epoch + ":" + position);
        }
        return new Stamp((long) epoch << POSITION_BITS | position);
    }

    public static Stamp max(Stamp a, Stamp b) {
        return a.packed >= b.packed ? a : b;
    }

    public int epoch() {
        return (int) (packed >>> POSITION_BITS);
    }

    public long position() {
        return packed & MAX_POSITION;
    }

    /** Whether an invalidation at {@code event} kills what carries this stamp. */
    public boolean isKilledBy(Stamp event) {
        return packed < event.packed;
    }

    @Override
    public int compareTo(Stamp other) {
        return Long.compare(packed, other.packed);
    }

    /** {@code epoch:position}. */
    @Override
    public String toString() {
        return epoch() + ":" + position();
    }
}
