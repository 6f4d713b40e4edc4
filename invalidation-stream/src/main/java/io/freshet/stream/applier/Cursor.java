package io.freshet.stream.applier;

/** Where a partition is read, and from where it has to be read again. */
final class Cursor {

    private static final long NOWHERE = Long.MAX_VALUE;

    private long position;
    private long rewindTo = NOWHERE;

    /** Offset that is to be read next. */
    long position() {
        return position;
    }

    void moveTo(long offset) {
        position = offset;
    }

    /** A bucket has to see this offset. */
    void need(long offset) {
        rewindTo = Math.min(rewindTo, offset);
    }

    /** What stands before {@code first} is given up. */
    void skipTo(long first) {
        if (rewindTo != NOWHERE) {
            rewindTo = Math.max(rewindTo, first);
        }
        position = Math.max(position, first);
    }

    /** The first offset that a bucket needs, or {@code otherwise} if none does; forgets it. */
    long takeNeeded(long otherwise) {
        long needed = rewindTo == NOWHERE ? otherwise : rewindTo;
        rewindTo = NOWHERE;
        return needed;
    }

    /** Goes back to what is needed, if that lies behind. */
    Step next() {
        long needed = takeNeeded(position);
        if (needed >= position) {
            return new Step.Continue();
        }
        position = needed;
        return new Step.Rewind(needed);
    }
}
