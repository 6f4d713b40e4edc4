package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Picks who acts next, by the seed alone, and keeps the history of what was done. */
final class Schedule implements Executor {

    private record Message(String label, Runnable delivery) {}

    /**
     * @param weight how likely it is picked, beside a message's {@value #MESSAGE_WEIGHT}
     */
    private record Actor(
            String label, int weight, BooleanSupplier mayAct, Runnable act, boolean chaos) {}

    private static final int MESSAGE_WEIGHT = 20;
    private static final int ACTOR_WEIGHT = 20;

    private final SplittableRandom random;
    private final List<String> history;
    private final boolean recording;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Actor> able = new ArrayList<>();
    private int steps;

    /**
     * @param recording whether the history is kept, for people
     */
    Schedule(long seed, boolean recording) {
        this.random = new SplittableRandom(seed);
        this.recording = recording;
        this.history = new ArrayList<>();
    }

    /** Something that acts again and again, whenever it may. */
    void actor(String label, BooleanSupplier mayAct, Runnable act) {
        actors.add(new Actor(label, ACTOR_WEIGHT, mayAct, act, false));
    }

    /**
     * As {@link #actor}, but only while the world is being disturbed.
     *
     * @param weight how likely it is picked, where what must happen has {@value #ACTOR_WEIGHT}
     */
    void chaos(String label, int weight, BooleanSupplier mayAct, Runnable act) {
        actors.add(new Actor(label, weight, mayAct, act, true));
    }

    /** Something on its way, delivered once, whenever it pleases. */
    void send(String label, Runnable delivery) {
        messages.add(new Message(label, delivery));
    }

    /** Asks a server: one step at the server, another until the answer is heard. */
    <T> CompletionStage<T> ask(String label, Supplier<T> atServer) {
        var answer = new CompletableFuture<T>();
        send(
                label,
                () -> {
                    T result = atServer.get();
                    send(label + " answered", () -> answer.complete(result));
                });
        return answer;
    }

    /** As {@link #ask}, of a server that only acknowledges. */
    CompletionStage<Void> tell(String label, Runnable atServer) {
        var acknowledged = new CompletableFuture<Void>();
        send(
                label,
                () -> {
                    atServer.run();
                    send(label + " acknowledged", () -> acknowledged.complete(null));
                });
        return acknowledged;
    }

    @Override
    public void execute(Runnable command) {
        send("continue", command);
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

    int steps() {
        return steps;
    }

    /** Lets the world run for some steps, disturbed. */
    void run(int limit) {
        for (int i = 0; i < limit && step(true); i++) {}
    }

    /**
     * Lets the world come to rest, undisturbed.
     *
     * @return whether it did, within {@code limit} steps
     */
    boolean settle(int limit) {
        for (int i = 0; i < limit; i++) {
            if (!step(false)) {
                return true;
            }
        }
        return false;
    }

    private boolean step(boolean disturbed) {
        able.clear();
        int weight = 0;
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            if ((disturbed || !actor.chaos) && actor.mayAct.getAsBoolean()) {
                able.add(actor);
                weight += actor.weight;
            }
        }
        int choices = weight + MESSAGE_WEIGHT * messages.size();
        if (choices == 0) {
            return false;
        }
        int choice = random.nextInt(choices);
        steps++;
        if (choice >= weight) {
            Message message = take((choice - weight) / MESSAGE_WEIGHT);
            record(message.label);
            message.delivery.run();
        } else {
            Actor actor = pickAble(choice);
            record(actor.label);
            actor.act.run();
        }
        return true;
    }

    private Actor pickAble(int choice) {
        int rest = choice;
        for (Actor actor : able) {
            rest -= actor.weight;
            if (rest < 0) {
                return actor;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    private Message take(int index) {
        Message message = messages.get(index);
        Message last = messages.removeLast();
        if (index < messages.size()) {
            messages.set(index, last);
        }
        return message;
    }

    private void record(String label) {
        if (recording) {
            history.add("%4d  %s".formatted(steps, label));
        }
    }
}
