package io.freshet.cdc.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Change capture: {@code freshet.cdc.*}.
 *
 * @param url JDBC URL of the source database; unless said otherwise that of {@code
 *     freshet.postgres}
 * @param user who captures; that of {@code freshet.postgres} unless said otherwise
 * @param password of that user
 * @param rules path of the rules file
 * @param slot the replication slot, created when absent and owned by this connector
 * @param publication the publication, created when absent and owned by this connector
 * @param source what events and heartbeats call this database
 * @param heartbeat how often a heartbeat is sent through the log
 * @param visibilityWait how long a transaction that is not yet visible is held back before it is
 *     published early, and again later
 * @param offsetInterval how often the position to restart from is stored; what was published since
 *     is published again after a crash
 * @param pollInterval how often the log is looked at while nothing comes; small is fast and busy
 * @param batchSize changes that are handled together at most, when that many wait
 * @param senderTimeout how long the server waits for a sign of life of whoever reads the slot,
 *     before it gives the slot to a stand-by
 * @param retentionWarning share of the server's {@code max_slot_wal_keep_size} that the slot may
 *     keep before health warns of it
 */
@ConfigurationProperties("freshet.cdc")
public record CaptureSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("rules.yaml") Path rules,
        @DefaultValue("freshet") String slot,
        @DefaultValue("freshet") String publication,
        @DefaultValue("primary") String source,
        @DefaultValue("200ms") Duration heartbeat,
        @DefaultValue("2s") Duration visibilityWait,
        @DefaultValue("500ms") Duration offsetInterval,
        @DefaultValue("2ms") Duration pollInterval,
        @DefaultValue("512") int batchSize,
        @DefaultValue("6s") Duration senderTimeout,
        @DefaultValue("0.5") double retentionWarning) {

    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern PUBLICATION = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public CaptureSettings {
        requireMatch("slot", slot, SLOT);
        requireMatch("publication", publication, PUBLICATION);
        requireMatch("source", source, SOURCE);
        requireAtLeast("heartbeat", heartbeat, Duration.ofMillis(10));
        requireAtLeast("visibility-wait", visibilityWait, Duration.ZERO);
        requireAtLeast("offset-interval", offsetInterval, Duration.ZERO);
        requireAtLeast("poll-interval", pollInterval, Duration.ofMillis(1));
        requireAtLeast("sender-timeout", senderTimeout, Duration.ofSeconds(1));
        if (retentionWarning <= 0 || retentionWarning > 1) {
            throw illegal(
                    "retention-warning", "must be above 0, at most 1, not " + retentionWarning);
        }
        if (batchSize < 1 || batchSize > 65_536) {
            throw illegal("batch-size", "must be 1 to 65536, not " + batchSize);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CaptureSettings[url=" + url + ", rules=" + rules + ", slot=" + slot + "]";
    }

    private static void requireMatch(String option, String value, Pattern legal) {
        if (!legal.matcher(value).matches()) {
            throw illegal(option, "must match " + legal + ", not '" + value + "'");
        }
    }

    private static void requireAtLeast(String option, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw illegal(option, "must be at least %s, not %s".formatted(least, value));
        }
    }

    private static IllegalArgumentException illegal(String option, String rule) {
        return new IllegalArgumentException("freshet.cdc." + option + " " + rule);
    }
}
