package io.freshet.cdc.health;

import io.freshet.cdc.capture.CaptureState;
import io.freshet.cdc.capture.CaptureStatus;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The component {@code capture}: up while the log flows, with its state and how far it is behind.
 */
public final class CaptureHealth implements HealthIndicator {

    private final CaptureStatus status;

    public CaptureHealth(CaptureStatus status) {
        this.status = status;
    }

    @Override
    public Health health() {
        CaptureState state = status.state();
        Health.Builder health =
                state instanceof CaptureState.Capturing ? Health.up() : Health.outOfService();
        health.withDetail("state", state.label());
        if (!state.why().isEmpty()) {
            health.withDetail("reason", state.why());
        }
        var heartbeatAge = status.heartbeatAge();
        if (heartbeatAge != null) {
            health.withDetail("lastHeartbeatAgeMillis", heartbeatAge.toMillis());
        }
        var slot = status.slot();
        if (slot != null) {
            health.withDetail("lagBytes", slot.lagBytes());
            health.withDetail("slotRetainedBytes", slot.retention().bytes());
            if (slot.retention().isBounded()) {
                health.withDetail("slotMostBytes", slot.retention().mostBytes());
            }
        }
        if (!status.retentionWarning().isEmpty()) {
            health.withDetail("retention", status.retentionWarning());
        }
        if (!status.impaired().isEmpty()) {
            health.withDetail("impaired", status.impaired());
        }
        var losses = new TreeMap<String, Object>();
        status.losses()
                .forEach((cause, found) ->
                        losses.put(
                                cause.label(),
                                Map.of(
                                        "reason", found.loss().reason(),
                                        "at", found.at(),
                                        "namespaces", found.loss().namespaces().size())));
        health.withDetail("losses", losses);
        return health.build();
    }
}
