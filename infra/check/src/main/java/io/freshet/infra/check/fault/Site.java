package io.freshet.infra.check.fault;

import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.check.load.Load;
import java.util.function.Consumer;

/**
 * Where faults strike.
 *
 * @param note takes a line of what was done, for the report
 */
public record Site(Instance instance, Load load, Consumer<String> note) {

    /** Notes what was done. */
    public void did(String what) {
        note.accept(what);
    }
}
