package io.freshet.api.fanout;

import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far the latest fan-outs are. Thread-safe. */
public final class FanOutBoard {

    private static final int CAPACITY = 1_000;

    private record Place(int partition, Stamp position) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::partition).thenComparing(Place::position);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<InboxPosition, TreeMap<Place, FanOutProgress>> fanOuts =
            new LinkedHashMap<>();

    /** Takes what a partition tells; when it is full, the one that began first is forgotten. */
    public synchronized void update(int partition, FanOutProgress progress) {
        fanOuts.computeIfAbsent(progress.id(), _ -> new TreeMap<>())
                .put(new Place(partition, progress.position()), progress);
        if (fanOuts.size() > CAPACITY) {
            fanOuts.remove(fanOuts.keySet().iterator().next());
        }
    }

    synchronized Optional<FanOutStatus> find(InboxPosition id) {
        return Optional.ofNullable(fanOuts.get(id)).map(parts -> status(id, parts));
    }

    /** Newest first. */
    synchronized List<FanOutStatus> all() {
        var all = new ArrayList<FanOutStatus>();
        fanOuts.forEach((id, parts) -> all.add(status(id, parts)));
        all.sort(Comparator.comparing(FanOutStatus::startedAt).reversed());
        return all;
    }

    private static FanOutStatus status(InboxPosition id, Map<Place, FanOutProgress> parts) {
        return new FanOutStatus(
                id,
                parts.entrySet().stream()
                        .map(part ->
                                new FanOutStatus.Part(part.getKey().partition(), part.getValue()))
                        .toList());
    }
}
