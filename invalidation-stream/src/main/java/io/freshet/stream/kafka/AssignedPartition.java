package io.freshet.stream.kafka;

import io.freshet.stream.applier.PartitionApplier;
import io.freshet.stream.applier.Positioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that this process applies, with what was read of it and not yet applied. */
final class AssignedPartition {

    private final TopicPartition name;
    private final PartitionApplier applier;
    private final Deque<Positioned> unapplied = new ArrayDeque<>();
    private @Nullable Long seekTo;
    private boolean started;
    private long committed = -1;

    AssignedPartition(TopicPartition name, PartitionApplier applier) {
        this.name = name;
        this.applier = applier;
    }

    TopicPartition name() {
        return name;
    }

    PartitionApplier applier() {
        return applier;
    }

    /** Whether the store has said where its buckets stand. */
    boolean isStarted() {
        return started;
    }

    void started() {
        started = true;
    }

    void add(Positioned record) {
        unapplied.add(record);
    }

    int unapplied() {
        return unapplied.size();
    }

    /** What was read is forgotten, and reading is to go on elsewhere. */
    void seekTo(long offset) {
        unapplied.clear();
        seekTo = offset;
    }

    /** Where reading is to go on, until it does; else null. */
    @Nullable Long seekTo() {
        return seekTo;
    }

    void sought() {
        seekTo = null;
    }

    /** The next records, of at most so many keys together, but at least one. They stay. */
    List<Positioned> round(int mostKeys) {
        var round = new ArrayList<Positioned>();
        int keys = 0;
        for (Positioned record : unapplied) {
            keys += record.keys();
            if (!round.isEmpty() && keys > mostKeys) {
                break;
            }
            round.add(record);
        }
        return round;
    }

    void applied(int records) {
        for (int i = 0; i < records; i++) {
            unapplied.remove();
        }
    }

    /** Whether the group's offset is behind. */
    boolean isUncommitted() {
        return started && committed != applier.position();
    }

    void committed() {
        committed = applier.position();
    }
}
