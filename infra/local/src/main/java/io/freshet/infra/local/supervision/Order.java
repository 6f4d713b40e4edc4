package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import java.util.Locale;
import java.util.Optional;

/** What somebody asks of a running instance, in one line of text. */
public sealed interface Order {
    /** Stop all parts and end. */
    record ShutDown() implements Order {}

    /** Do something to one part. */
    record ToPart(Action action, Part part) implements Order {}

    /** What can be asked of a part. */
    enum Action {
        START,
        STOP,
        RESTART;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    default String text() {
        return switch (this) {
            case ShutDown _ -> "shutdown";
            case ToPart(var action, var part) -> action.word() + " " + part.label();
        };
    }

    static Optional<Order> parse(String text) {
        if (text.strip().equals("shutdown")) {
            return Optional.of(new ShutDown());
        }
        String[] words = text.strip().split(" ", 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        return Part.labelled(words[1])
                .flatMap(part -> {
                    for (Action action : Action.values()) {
                        if (action.word().equals(words[0])) {
                            return Optional.of(new ToPart(action, part));
                        }
                    }
                    return Optional.empty();
                });
    }
}
