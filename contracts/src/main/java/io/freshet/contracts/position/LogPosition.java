package io.freshet.contracts.position;

/** A place in the invalidation log: a partition and how far it has been consumed. */
public record LogPosition(int partition, Stamp stamp) {

    @Override
    public String toString() {
        return partition + "@" + stamp;
    }
}
