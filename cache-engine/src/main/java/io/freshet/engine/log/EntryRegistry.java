package io.freshet.engine.log;

import io.freshet.contracts.event.Registration;
import java.util.concurrent.CompletionStage;

/** The way into {@code freshet.entries}: no entry is written that was not registered before. */
public interface EntryRegistry {

    /** Registers; done when acknowledged, failed when not: then the entry must not be written. */
    CompletionStage<Void> register(Registration registration);
}
