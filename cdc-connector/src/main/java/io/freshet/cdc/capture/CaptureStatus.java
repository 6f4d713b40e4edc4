package io.freshet.cdc.capture;

import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.position.Loss;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What health and metrics tell of change capture. Safe for use by several threads. */
public final class CaptureStatus {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStatus.class);

    private final Clock clock;
    private final double warnAtShare;
    private final Map<Loss.Cause, Found> losses = new EnumMap<>(Loss.Cause.class);
    private volatile CaptureState state = new CaptureState.Starting("connects");
    private volatile @Nullable Instant lastHeartbeat;
    private volatile ReplicationSlot.@Nullable Standing slot;
    private volatile String retentionWarning = "";
    private volatile List<String> impaired = List.of();
    private volatile Set<String> impairedRules = Set.of();

    /**
     * @param warnAtShare of the log that the server would keep at most
     */
    public CaptureStatus(Clock clock, double warnAtShare) {
        this.clock = clock;
        this.warnAtShare = warnAtShare;
    }

    /** A loss that was found, and when. */
    public record Found(Loss loss, Instant at) {}

    /** The last loss of each cause since the process started. */
    public Map<Loss.Cause, Found> losses() {
        synchronized (losses) {
            return new EnumMap<>(losses);
        }
    }

    void lossFound(Loss loss, Instant at) {
        synchronized (losses) {
            losses.put(loss.cause(), new Found(loss, at));
        }
    }

    public CaptureState state() {
        return state;
    }

    /** How long ago the last forwarded heartbeat was committed; null before the first. */
    public @Nullable Duration heartbeatAge() {
        Instant at = lastHeartbeat;
        return at == null ? null : Duration.between(at, clock.instant());
    }

    /** How the slot stood when it was last looked at; null before that. */
    public ReplicationSlot.@Nullable Standing slot() {
        return slot;
    }

    void heartbeatForwarded(Instant committedAt) {
        lastHeartbeat = committedAt;
    }

    void slotSeen(ReplicationSlot.Standing standing) {
        slot = standing;
        String before = retentionWarning;
        retentionWarning = standing.retention().warning(warnAtShare);
        if (before.isEmpty() && !retentionWarning.isEmpty()) {
            LOG.atWarn().log(retentionWarning);
        }
    }

    /** What must be mended before rules whose tables have changed can be carried out again. */
    public List<String> impaired() {
        return impaired;
    }

    /** Whether this connector captures and cannot carry a rule out. */
    public boolean isImpaired(String rule) {
        return state instanceof CaptureState.Capturing && impairedRules.contains(rule);
    }

    void fitted(Fit fit) {
        List<String> problems = fit.messages();
        List<String> before = impaired;
        impairedRules = Set.copyOf(fit.problems().keySet());
        impaired = problems;
        if (problems.isEmpty() && !before.isEmpty()) {
            LOG.atInfo().log("every rule can be carried out again");
        }
        if (!problems.isEmpty() && !before.equals(problems)) {
            LOG.atError()
                    .addKeyValue("problems", problems)
                    .log(
                            "tables have changed and their rules cannot be carried out:"
                                    + " invalidating whole namespaces instead");
        }
    }

    /** What is wrong with the log that the server keeps; empty when nothing is known to be. */
    public String retentionWarning() {
        return retentionWarning;
    }

    /** Moves to a state; the same state for the same reason is logged once. */
    void become(CaptureState next) {
        CaptureState before = state;
        state = next;
        if (!before.equals(next)) {
            LOG.atLevel(levelOf(next))
                    .addKeyValue("state", next.label())
                    .addKeyValue("reason", next.why())
                    .log("change capture is {}", next.label());
        }
    }

    private static Level levelOf(CaptureState state) {
        return switch (state) {
            case CaptureState.Starting _, CaptureState.Capturing _, CaptureState.Stopped _ ->
                    Level.INFO;
            case CaptureState.Waiting _ -> Level.WARN;
            case CaptureState.Refused _, CaptureState.Failed _ -> Level.ERROR;
        };
    }
}
