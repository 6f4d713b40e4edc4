package io.freshet.cdc.visibility;

/**
 * Something that the database's log delivered, in commit order.
 *
 * @param <W> work that must wait until its transaction is visible
 * @param <B> a heartbeat
 * @param <P> a position to restart from
 */
public sealed interface Delivery<W, B, P> {

    /**
     * Some changes of one transaction.
     *
     * @param transaction its 32-bit id
     */
    record Changes<W, B, P>(int transaction, W work) implements Delivery<W, B, P> {}

    /** A heartbeat: all that was committed before it has been delivered before it. */
    record Beat<W, B, P>(B heartbeat) implements Delivery<W, B, P> {}

    /**
     * The end of a transaction.
     *
     * @param position a restart from here delivers the next transaction first
     */
    record End<W, B, P>(P position) implements Delivery<W, B, P> {}
}
