package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it is told. */
final class RecordedLog implements LogListener {

    /** One call. */
    sealed interface Call {
        int partition();

        record Restored(int partition, ScopeRecord record) implements Call {}

        record Begun(int partition, Stamp floor, Stamp readyAt) implements Call {}

        record Consumed(int partition, Stamp position, LogRecord record) implements Call {}

        record Unreadable(int partition, Stamp position) implements Call {}

        record Gap(int partition, Stamp begin) implements Call {}
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> callsOf(int partition) {
        return calls.stream().filter(call -> call.partition() == partition).toList();
    }

    @Override
    public void restore(int partition, ScopeRecord record) {
        calls.add(new Call.Restored(partition, record));
    }

    @Override
    public void begin(int partition, Stamp floor, Stamp readyAt) {
        calls.add(new Call.Begun(partition, floor, readyAt));
    }

    @Override
    public void consume(int partition, Stamp position, LogRecord record) {
        calls.add(new Call.Consumed(partition, position, record));
    }

    @Override
    public void unreadable(int partition, Stamp position) {
        calls.add(new Call.Unreadable(partition, position));
    }

    @Override
    public void gap(int partition, Stamp begin) {
        calls.add(new Call.Gap(partition, begin));
    }
}
