package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.StoredEntry;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Paths in which one guard is missing, for the simulation to find out. */
public final class UnguardedPaths {

    private UnguardedPaths() {}

    /** Lets every caller share the load in progress. */
    public static Paths withLateJoiners(Paths.World world) {
        return Paths.over(
                world,
                new Paths.Parts() {
                    @Override
                    Coalescer coalescer(Paths.World on, Loader loader, LeasedLoads leased) {
                        return new Coalescer(on.view(), loader, leased) {
                            @Override
                            boolean mayJoin(Id id, Loader.Load load) {
                                return true;
                            }

                            @Override
                            boolean mayHave(Id id, LoadResult result, Stamp joinedAt) {
                                return true;
                            }
                        };
                    }
                });
    }

    /** Waits for whoever holds a lease. */
    public static Paths waitingForThoseBehind(Paths.World world) {
        return Paths.over(
                world,
                new Paths.Parts() {
                    @Override
                    Contest contest(Paths.World on, Judge judge) {
                        return new Contest(on.view(), on.leases(), judge, on.timer(), on.clock()) {
                            @Override
                            boolean mayWaitFor(Stamp holder, Contender contender) {
                                return true;
                            }
                        };
                    }
                });
    }

    /** Takes what another node filled in for fresh. */
    public static Paths trustingOthers(Paths.World world) {
        return Paths.over(
                world,
                new Paths.Parts() {
                    @Override
                    Contest contest(Paths.World on, Judge judge) {
                        return super.contest(on, new Trusting(judge));
                    }
                });
    }

    /** Waits for other nodes even when the log is late. */
    public static Paths waitingOutsideTheWindow(Paths.World world) {
        return Paths.over(
                world,
                new Paths.Parts() {
                    @Override
                    Coalescer coalescer(Paths.World on, Loader loader, LeasedLoads leased) {
                        return new Coalescer(on.view(), loader, leased) {
                            @Override
                            CompletionStage<LoadResult> withoutLease(
                                    NamespaceConfig namespace, EntryKey key, Source source) {
                                return load(namespace, key, source, null);
                            }
                        };
                    }
                });
    }

    /** Answers any value, valid or not, when its source fails. */
    public static Paths withAnyLastResort(Paths.World world) {
        return Paths.over(
                world,
                new Paths.Parts() {
                    @Override
                    Judge judge(Paths.World on, Ageing ageing) {
                        return new Judge(on.view(), ageing) {
                            @Override
                            boolean isLastResort(
                                    NamespaceConfig namespace, EntryKey key, Judged judged) {
                                return judged.age() != Age.GONE;
                            }
                        };
                    }
                });
    }

    /** Finds everything fresh that is there. */
    private static final class Trusting extends Judge {

        private final Judge real;

        Trusting(Judge real) {
            super(real);
            this.real = real;
        }

        @Override
        @Nullable Judged of(
                NamespaceConfig namespace, EntryKey key, StoredEntry stored, LogPosition noted) {
            Judged judged = real.of(namespace, key, stored, noted);
            return judged == null
                    ? null
                    : new Judged(judged.entry(), judged.marker(), Verdict.FRESH, judged.age());
        }
    }
}
