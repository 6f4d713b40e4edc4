package io.freshet.engine.read;

import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.InstantSource;

/**
 * The consistency window: whether what this node knows of the log is recent enough for a namespace.
 *
 * <p>The watermark of the key's partition says up to when every commit of the namespace's database
 * is in force here. Older than {@code maxStaleness}, or not known yet, the cache may not speak for
 * the source. A namespace without a source is measured by the database of the node, whose
 * heartbeats show that the log arrives.
 */
final class Window {

    private final Watermarks watermarks;
    private final String database;
    private final InstantSource clock;

    /**
     * @param database that of namespaces without a source
     */
    Window(Watermarks watermarks, String database, InstantSource clock) {
        this.watermarks = watermarks;
        this.database = database;
        this.clock = clock;
    }

    boolean isExceeded(NamespaceConfig namespace, int partition) {
        return watermarks
                .age(namespace.measuredBy(database), partition, clock.instant())
                .filter(age -> age.compareTo(namespace.maxStaleness()) <= 0)
                .isEmpty();
    }
}
