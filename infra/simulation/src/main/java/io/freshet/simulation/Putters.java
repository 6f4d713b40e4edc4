package io.freshet.simulation;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.engine.PutResult;
import io.freshet.engine.ReadOptions;

/** Those who bring the values of a namespace that has no source, read them and delete them. */
final class Putters {

    private static final Cause CAUSE = Cause.of(Cause.Kind.REST, null, null);
    private static final int MAX_PUTS = 4;
    private static final int MAX_KILLS = 2;

    private final World world;
    private final Schedule schedule;
    private final Puts puts;
    private int kills;
    private int underWay;

    Putters(World world) {
        this.world = world;
        schedule = world.schedule;
        puts = world.puts;
        schedule.chaos(Trouble.PUTS, "a client puts", 15, () -> puts.count() < MAX_PUTS, this::put);
        schedule.chaos(Trouble.PUTS, "a client reads what was put", 15, () -> true, this::read);
        schedule.chaos(Trouble.PUTS, "a client deletes", 5, () -> kills < MAX_KILLS, this::delete);
        if (schedule.chance(30)) {
            schedule.chaos(
                    Trouble.PUTS, "a client purges", 3, () -> kills < MAX_KILLS, this::purge);
        }
    }

    boolean isDone() {
        return underWay == 0;
    }

    private int row() {
        return schedule.weather().row(SimKeys.PUT_ROWS);
    }

    private void read() {
        SimNode node = world.anyNode();
        if (node.reading() < 6) {
            node.read(row(), new ReadOptions(schedule.chance(30), false, null, null), Need.NOTHING);
        }
    }

    private void put() {
        int row = row();
        SimNode node = world.anyNode();
        Puts.Begun begun = puts.begin(row, world.store.losses());
        schedule.note(() -> "put begins: " + begun);
        underWay++;
        node.paths()
                .writes()
                .put(node.configOf(row), SimKeys.key(row), node.valueOf(begun.value()))
                .whenComplete((result, _) -> {
                    underWay--;
                    schedule.note(() -> "put ended: " + begun + ", " + result);
                    if (result instanceof PutResult.Stored) {
                        puts.stored(begun);
                    }
                });
    }

    private void delete() {
        kills++;
        int row = row();
        SimNode node = world.anyNode();
        NodeLife life = node.life();
        int timeouts = life.timeouts();
        puts.deleteBegins(row);
        schedule.note(() -> "delete of k" + row + " begins");
        underWay++;
        life.paths()
                .invalidations()
                .delete(node.configOf(row), SimKeys.key(row), CAUSE)
                .whenComplete((_, _) -> {
                    underWay--;
                    schedule.note(() -> "delete of k" + row + " ended");
                    boolean patient = life.timeouts() == timeouts;
                    puts.deleteEnds(row, patient && schedule.weather().silence() == 0);
                });
    }

    private void purge() {
        kills++;
        SimKeys.PUT_ROWS.forEach(puts::threaten);
        Target target =
                schedule.chance(50)
                        ? new Target.OfTag(SimKeys.PUT, SimKeys.TAG)
                        : new Target.OfNamespace(SimKeys.PUT);
        underWay++;
        world.anyNode()
                .paths()
                .invalidations()
                .invalidate(target, schedule.chance(25) ? Mode.SOFT : Mode.HARD, CAUSE)
                .thenRun(() -> underWay--);
    }
}
