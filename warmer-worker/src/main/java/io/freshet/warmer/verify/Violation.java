package io.freshet.warmer.verify;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A wrong answer. */
public record Violation(
        Instant at, URI node, Spot spot, Origin origin, Duration after, Cause cause) {}
