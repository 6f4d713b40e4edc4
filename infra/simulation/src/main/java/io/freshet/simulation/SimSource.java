package io.freshet.simulation;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a node loads a row from: the standby, if there is one and it has replayed what the real
 * {@link SeenCommits} asks for, else the primary.
 */
final class SimSource implements Source {

    private static final int FAILED = -1;
    private static final Lsn NOTHING = new Lsn(0);

    private final World world;
    private final Schedule schedule;
    private final SeenCommits commits;
    private final int row;
    private final Source primary = _ -> readPrimary().thenApply(SimSource::loaded);

    SimSource(World world, SeenCommits commits, int row) {
        this.world = world;
        this.schedule = world.schedule;
        this.commits = commits;
        this.row = row;
    }

    @Override
    public CompletionStage<Loaded> load(EntryKey key) {
        SimStandby standby = world.standby;
        return standby == null
                ? primary.load(key)
                : schedule.ask(() -> "what a standby must know of " + key, this::needed)
                        .thenCompose(needed ->
                                schedule.ask(
                                        () -> "standby reads " + key,
                                        () -> standby.read(row, needed)))
                        .thenCompose(this::orPrimary)
                        .thenApply(SimSource::loaded);
    }

    @Override
    public Source ofPrimary() {
        return world.standby == null ? this : primary;
    }

    private Lsn needed() {
        Lsn needed = commits.needed(SimKeys.partitionOf(row), world.database::end);
        return world.guards.contains(Guard.STANDBY_LSN) ? needed : NOTHING;
    }

    private CompletionStage<Integer> orPrimary(OptionalInt version) {
        return version.isPresent()
                ? CompletableFuture.completedStage(version.getAsInt())
                : readPrimary();
    }

    private CompletionStage<Integer> readPrimary() {
        return schedule.ask(
                        () -> "source reads k" + row,
                        () ->
                                schedule.fails(schedule.weather().failures())
                                        ? FAILED
                                        : world.readableVersion(row))
                .thenApply(SimSource::orFailure);
    }

    private static int orFailure(int version) {
        if (version == FAILED) {
            throw new SourceException(SourceException.Reason.UNAVAILABLE, "it fails", null);
        }
        return version;
    }

    private static Loaded loaded(int version) {
        return new Loaded.Value(SimKeys.bytes(version), EntryHeader.JSON, Set.of(SimKeys.TAG));
    }
}
