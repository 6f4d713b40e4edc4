package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is on its way, and how likely each is the next to arrive. */
final class Messages {

    /** One of them. */
    record Message(Supplier<String> label, int weight, Runnable delivery) {}

    private final List<Message> messages = new ArrayList<>();
    private int total;

    void add(Message message) {
        total += message.weight;
        messages.add(message);
    }

    /** The sum of all weights. */
    int total() {
        return total;
    }

    /** Takes the message on which {@code choice}, below {@link #total}, falls. */
    Message take(int choice) {
        int index = -1;
        for (int rest = choice; rest >= 0; ) {
            rest -= messages.get(++index).weight;
        }
        Message taken = messages.get(index);
        Message last = messages.removeLast();
        if (index < messages.size()) {
            messages.set(index, last);
        }
        total -= taken.weight;
        return taken;
    }
}
