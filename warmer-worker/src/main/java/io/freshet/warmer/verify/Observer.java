package io.freshet.warmer.verify;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;

/** Is told what checks find. Thread-safe. */
public interface Observer {

    void found(Namespace namespace, Duration after, Finding finding);

    void found(Violation violation);
}
