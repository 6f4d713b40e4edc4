package io.freshet.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Picks who acts next, by the seed alone, and keeps the history of what was done. */
final class Schedule implements Executor {

    /** The weight of a message that is in no hurry and of an actor that does not lag. */
    static final int EVEN = 20;

    private static final int SLOW = 1;

    private final SplittableRandom random;
    private final Weather weather;
    private final History history;
    private final Actors duties = new Actors();
    private final Actors chaos = new Actors();
    private final Messages messages = new Messages();
    private boolean disturbed;
    private boolean halted;

    /**
     * @param recording whether the history is kept, for people
     */
    Schedule(long seed, Climate climate, boolean recording) {
        this.random = new SplittableRandom(seed);
        this.weather = new Weather(climate, random);
        this.history = new History(recording);
    }

    Weather weather() {
        return weather;
    }

    /** Something that acts again and again, whenever it may. */
    void actor(String label, BooleanSupplier mayAct, Runnable act) {
        duties.add(new Actor(label, EVEN, mayAct, act));
    }

    /**
     * As {@link #actor}, but of something that comes to its end by itself: at rest it does, unless
     * it sends something, which it may have to wait for.
     */
    void worker(String label, BooleanSupplier mayAct, Runnable act) {
        Runnable atLeastOnce =
                () -> {
                    int before;
                    do {
                        before = messages.total();
                        act.run();
                    } while (!disturbed && messages.total() == before && mayAct.getAsBoolean());
                };
        duties.add(new Actor(label, EVEN, mayAct, atLeastOnce));
    }

    /**
     * As {@link #actor}, but only while the world is being disturbed, and in climates that bring
     * it.
     *
     * @param weight how likely it is picked, where what must happen has {@value #EVEN}
     */
    void chaos(Trouble kind, String label, int weight, BooleanSupplier mayAct, Runnable act) {
        if (weather.brings(kind)) {
            chaos.add(new Actor(label, weight, mayAct, act));
        }
    }

    /** Something on its way, delivered once, whenever it pleases. */
    void send(Supplier<String> label, Runnable delivery) {
        send(false, label, delivery);
    }

    /** As {@link #send}, maybe of something that takes its time. */
    void send(boolean slow, Supplier<String> label, Runnable delivery) {
        messages.add(new Messages.Message(label, slow ? SLOW : weather.haste(), delivery));
    }

    /** Asks a server that answers. */
    <T> CompletionStage<T> ask(Supplier<String> label, Supplier<T> atServer) {
        return ask(label, atServer, null, false);
    }

    /** Asks a server: a {@link Call}. */
    <T> CompletionStage<T> ask(
            Supplier<String> label,
            Supplier<T> atServer,
            @Nullable Supplier<RuntimeException> silence,
            boolean slow) {
        return new Call<>(label, atServer, silence, slow).over(this);
    }

    /** Whether a server fails now: now and then while the world is being disturbed. */
    boolean isFlaky() {
        return disturbed && weather.silence() > 0 && chance(weather.silence());
    }

    /** Whether something fails now that does so often, of a hundred times, while disturbed. */
    boolean fails(int often) {
        return disturbed && often > 0 && chance(often);
    }

    @Override
    public void execute(Runnable command) {
        send(() -> "continue", command);
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void note(Supplier<String> text) {
        history.note(text);
    }

    History history() {
        return history;
    }

    /** Ends the history: nothing is done from now on. */
    void halt() {
        halted = true;
    }

    /** Lets the world run for some steps, disturbed. */
    void run(int limit) {
        disturbed = true;
        int turn = 0;
        int i = 0;
        while (i < limit && !halted) {
            if (i == turn) {
                duties.weigh(_ -> weather.pace());
                chaos.weigh(actor -> weather.mood(actor.weight()));
                turn = weather.spell() == Integer.MAX_VALUE ? limit : i + weather.spell();
            }
            i = step() ? i + 1 : turn;
        }
    }

    /**
     * Lets the world come to rest, undisturbed.
     *
     * @return whether it did, within {@code limit} steps
     */
    boolean settle(int limit) {
        disturbed = false;
        for (int i = 0; i < limit; i++) {
            if (halted || !step()) {
                return true;
            }
        }
        return false;
    }

    private boolean step() {
        int tries = disturbed ? 12 : 3;
        for (int i = 0; i < tries; i++) {
            int total = messages.total() + duties.total() + (disturbed ? chaos.total() : 0);
            int choice = random.nextInt(total);
            if (choice < messages.total()) {
                deliver(choice);
                return true;
            }
            choice -= messages.total();
            Actor actor =
                    choice < duties.total() ? duties.at(choice) : chaos.at(choice - duties.total());
            if (actor.mayAct().getAsBoolean()) {
                act(actor);
                return true;
            }
        }
        return stepAmongAble();
    }

    /** The same choice, but among those alone that may act: for when they are few, or none. */
    private boolean stepAmongAble() {
        int dutiful = duties.able();
        int disturbing = disturbed ? chaos.able() : 0;
        int total = messages.total() + dutiful + disturbing;
        if (total == 0) {
            return false;
        }
        int choice = random.nextInt(total);
        if (choice < messages.total()) {
            deliver(choice);
        } else if (choice < messages.total() + dutiful) {
            act(duties.ableAt(choice - messages.total()));
        } else {
            act(chaos.ableAt(choice - messages.total() - dutiful));
        }
        return true;
    }

    private void act(Actor actor) {
        history.step(actor::label);
        actor.act().run();
    }

    private void deliver(int choice) {
        Messages.Message message = messages.take(choice);
        history.step(message.label());
        message.delivery().run();
    }
}
