package io.freshet.api.invalidation;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.Inventory;
import io.freshet.engine.eviction.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Counts the entries that fall under some targets, as keys and metadata of a namespace come by; and
 * concludes from what was looked at to the rest. Not thread-safe.
 */
final class ForecastTally {

    /** Entries are looked at for their size and cost up to this many. */
    static final int SAMPLE = 2_000;

    private static final Duration LATELY = Duration.ofMinutes(10);

    private final List<Target> targets;
    private long seen;
    private long matched;
    private long sampled;
    private long bytes;
    private long hot;
    private Duration loads = Duration.ZERO;

    ForecastTally(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    /** Whether tags decide, so that each entry has to be looked at. */
    boolean goesByTags() {
        return targets.stream().anyMatch(Target.OfTag.class::isInstance)
                && targets.stream().noneMatch(Target.OfNamespace.class::isInstance);
    }

    /** Whether the key alone says that the entry falls under a target. */
    boolean matches(EntryKey key) {
        return matches(key, Set.of());
    }

    private boolean matches(EntryKey key, Set<Tag> tags) {
        return targets.stream().anyMatch(target -> target.covers(key, tags));
    }

    /** Whether another entry is worth a look. */
    boolean wantsMore() {
        return sampled < SAMPLE;
    }

    /** Takes an entry that was not looked at. */
    void count(EntryKey key) {
        seen++;
        if (matches(key)) {
            matched++;
        }
    }

    /** Takes an entry that was looked at. */
    void count(EntryKey key, Inventory.Metadata metadata) {
        seen++;
        if (!matches(key, metadata.header().tags())) {
            return;
        }
        matched++;
        sampled++;
        bytes += metadata.size();
        loads = loads.plus(metadata.header().loadCost());
        if (metadata.reads() > 0 && metadata.idle().compareTo(LATELY) <= 0) {
            hot++;
        }
    }

    /**
     * The forecast.
     *
     * @param complete whether every entry came by
     * @param all what the namespace holds
     */
    Forecast conclude(boolean complete, Usage all) {
        boolean whole = targets.stream().anyMatch(Target.OfNamespace.class::isInstance);
        long entries =
                whole
                        ? all.entries()
                        : complete || seen == 0
                                ? matched
                                : Math.round((double) all.entries() * matched / seen);
        boolean exact = complete && sampled == matched;
        return new Forecast(
                entries,
                whole ? all.bytes() : scaled(bytes, entries),
                exact || whole,
                exact ? hot : scaled(hot, entries),
                sampled == 0 ? Duration.ZERO : loads.dividedBy(sampled));
    }

    private long scaled(long ofSample, long entries) {
        return sampled == 0 ? 0 : Math.round((double) ofSample * entries / sampled);
    }
}
