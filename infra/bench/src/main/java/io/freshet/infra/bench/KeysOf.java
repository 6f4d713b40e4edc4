package io.freshet.infra.bench;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import java.util.List;

/** The keys that an event names. */
public final class KeysOf {

    private KeysOf() {}

    /** None of those that it is about as a scope. */
    public static List<String> event(Event event) {
        if (!(event instanceof Event.Invalidation invalidation)) {
            return List.of();
        }
        return switch (invalidation.target()) {
            case Target.OfKey(_, var key) -> List.of(key.value());
            case Target.OfKeys(_, var keys) -> keys.stream().map(key -> key.value()).toList();
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ -> List.of();
        };
    }
}
