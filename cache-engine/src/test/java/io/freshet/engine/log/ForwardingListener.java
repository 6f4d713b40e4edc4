package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;

/** A listener that hands on; tests override what they disturb. */
interface ForwardingListener extends LogListener {

    LogListener log();

    @Override
    default void restore(int partition, ScopeRecord record) {
        log().restore(partition, record);
    }

    @Override
    default void begin(int partition, Stamp floor, Stamp readyAt) {
        log().begin(partition, floor, readyAt);
    }

    @Override
    default void consume(int partition, Stamp position, LogRecord record) {
        log().consume(partition, position, record);
    }

    @Override
    default void unreadable(int partition, Stamp position) {
        log().unreadable(partition, position);
    }

    @Override
    default void gap(int partition, Stamp begin) {
        log().gap(partition, begin);
    }
}
