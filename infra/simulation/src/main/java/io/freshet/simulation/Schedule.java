package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Picks who acts next, by the seed alone, and keeps the history of what was done. Labels are made
 * only for a history that is kept.
 */
final class Schedule implements Executor {

    private record Message(Supplier<String> label, int weight, Runnable delivery) {}

    /** The weight of a message that is in no hurry and of an actor that does not lag. */
    static final int EVEN = 20;

    private static final int SLOW = 1;

    private final SplittableRandom random;
    private final Weather weather;
    private final List<String> history = new ArrayList<>();
    private final boolean recording;
    private final Actors duties = new Actors();
    private final Actors chaos = new Actors();
    private final List<Message> messages = new ArrayList<>();
    private int messageWeight;
    private int steps;
    private boolean disturbed;
    private boolean halted;

    /**
     * @param recording whether the history is kept, for people
     */
    Schedule(long seed, boolean recording) {
        this.random = new SplittableRandom(seed);
        this.weather = new Weather(random);
        this.recording = recording;
    }

    Weather weather() {
        return weather;
    }

    /** Something that acts again and again, whenever it may. */
    void actor(String label, BooleanSupplier mayAct, Runnable act) {
        duties.add(new Actor(label, EVEN, mayAct, act));
    }

    /**
     * As {@link #actor}, but of something that comes to its end by itself: then it does, at rest.
     */
    void worker(String label, BooleanSupplier mayAct, Runnable act) {
        Runnable atLeastOnce =
                () -> {
                    do {
                        act.run();
                    } while (!disturbed && mayAct.getAsBoolean());
                };
        duties.add(new Actor(label, EVEN, mayAct, atLeastOnce));
    }

    /**
     * As {@link #actor}, but only while the world is being disturbed.
     *
     * @param weight how likely it is picked, where what must happen has {@value #EVEN}
     */
    void chaos(String label, int weight, BooleanSupplier mayAct, Runnable act) {
        chaos.add(new Actor(label, weight, mayAct, act));
    }

    /** Something on its way, delivered once, whenever it pleases. */
    void send(Supplier<String> label, Runnable delivery) {
        send(weather.haste(), label, delivery);
    }

    private void send(int weight, Supplier<String> label, Runnable delivery) {
        messageWeight += weight;
        messages.add(new Message(label, weight, delivery));
    }

    /** Asks a server: one step at the server, another until the answer is heard. */
    <T> CompletionStage<T> ask(Supplier<String> label, Supplier<T> atServer) {
        return ask(label, atServer, null, false);
    }

    /**
     * As {@link #ask}, of a server that may stay silent, whether it did what it was asked or not.
     *
     * @param silence what the caller then hears; null when it always answers
     * @param slow whether it takes its time
     */
    <T> CompletionStage<T> ask(
            Supplier<String> label,
            Supplier<T> atServer,
            @Nullable Supplier<RuntimeException> silence,
            boolean slow) {
        var answer = new CompletableFuture<T>();
        send(
                slow ? SLOW : weather.haste(),
                label,
                () -> {
                    int haste = slow ? SLOW : weather.haste();
                    if (silence != null && isFlaky()) {
                        staySilent(haste, label, atServer, silence, answer);
                    } else {
                        T result = atServer.get();
                        send(haste, () -> label.get() + " answered", () -> answer.complete(result));
                    }
                });
        return answer;
    }

    private <T> void staySilent(
            int haste,
            Supplier<String> label,
            Supplier<T> atServer,
            Supplier<RuntimeException> silence,
            CompletableFuture<T> answer) {
        if (chance(50)) {
            T _ = atServer.get();
        }
        send(
                haste,
                () -> label.get() + " without an answer",
                () -> answer.completeExceptionally(silence.get()));
    }

    /** Whether a server fails now: now and then while the world is being disturbed. */
    boolean isFlaky() {
        return disturbed && weather.silence() > 0 && chance(weather.silence());
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
        if (recording) {
            history.add("      " + text.get());
        }
    }

    List<String> history() {
        return history;
    }

    /** Choices of who acts next, so far. */
    int steps() {
        return steps;
    }

    /** Ends the history: nothing is done from now on. */
    void halt() {
        halted = true;
    }

    /** Lets the world run for some steps, disturbed. */
    void run(int limit) {
        disturbed = true;
        int turn = 0;
        for (int i = 0; i < limit; i++) {
            if (i == turn) {
                duties.weigh(_ -> weather.pace());
                chaos.weigh(actor -> weather.mood(actor.weight()));
                turn = weather.spell() == Integer.MAX_VALUE ? limit : i + weather.spell();
            }
            if (halted || !step()) {
                return;
            }
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
            int total = messageWeight + duties.total() + (disturbed ? chaos.total() : 0);
            int choice = random.nextInt(total);
            if (choice < messageWeight) {
                deliver(choice);
                return true;
            }
            choice -= messageWeight;
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
        int total = messageWeight + dutiful + disturbing;
        if (total == 0) {
            return false;
        }
        int choice = random.nextInt(total);
        if (choice < messageWeight) {
            deliver(choice);
        } else if (choice < messageWeight + dutiful) {
            act(duties.ableAt(choice - messageWeight));
        } else {
            act(chaos.ableAt(choice - messageWeight - dutiful));
        }
        return true;
    }

    private void act(Actor actor) {
        steps++;
        if (recording) {
            history.add("%4d  %s".formatted(steps, actor.label()));
        }
        actor.act().run();
    }

    private void deliver(int choice) {
        int index = -1;
        for (int rest = choice; rest >= 0; ) {
            rest -= messages.get(++index).weight;
        }
        Message message = messages.get(index);
        Message last = messages.removeLast();
        if (index < messages.size()) {
            messages.set(index, last);
        }
        messageWeight -= message.weight;
        steps++;
        if (recording) {
            history.add("%4d  %s".formatted(steps, message.label.get()));
        }
        message.delivery.run();
    }
}
