package io.freshet.stream.expansion;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import java.util.HashSet;
import java.util.Set;

/** Scopes, of which is asked whether one covers the keys of another, however many they are. */
final class Scopes {

    private final Set<Target> scopes = new HashSet<>();
    private final Set<Namespace> touched = new HashSet<>();
    private final Set<Namespace> whole = new HashSet<>();

    void add(Target scope) {
        scopes.add(scope);
        touched.add(scope.namespace());
        if (scope instanceof Target.OfNamespace) {
            whole.add(scope.namespace());
        }
    }

    /** Whether one of them covers all that this one does, or this one all that one of them does. */
    boolean overlap(Target scope) {
        Namespace namespace = scope.namespace();
        return scopes.contains(scope)
                || whole.contains(namespace)
                || (scope instanceof Target.OfNamespace && touched.contains(namespace));
    }
}
