package io.freshet.engine.namespace;

import java.time.Duration;
import java.util.List;

/** Where the values of a namespace come from. */
public sealed interface SourceConfig permits SqlSourceConfig, HttpSourceConfig {

    /** How long a load may take unless said otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    /** Longest time that a load may take. */
    Duration timeout();

    /** Templates over the value's fields, such as <code>country:{code}</code>. */
    List<String> tags();
}
