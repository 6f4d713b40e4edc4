package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Refresh;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the age of an entry. What is past its TTL is worth something only where a source stands
 * behind it, from which it can be loaded anew.
 */
final class Ageing {

    private static final int PERCENT = 100;

    private final InstantSource clock;
    private final EarlyRefresh early;

    Ageing(InstantSource clock, EarlyRefresh early) {
        this.clock = clock;
        this.early = early;
    }

    Age of(NamespaceConfig namespace, EntryKey key, EntryHeader header) {
        Instant now = clock.instant();
        if (header.softExpiry().isAfter(now)) {
            boolean due =
                    namespace.source() != null && isDue(namespace.refreshOf(key), header, now);
            return due ? Age.DUE : Age.YOUNG;
        }
        return namespace.source() != null && header.hardExpiry().isAfter(now)
                ? pastTtl(namespace.refreshOf(key), Duration.between(header.softExpiry(), now))
                : Age.GONE;
    }

    private boolean isDue(Refresh refresh, EntryHeader header, Instant now) {
        if (refresh.ahead() > 0) {
            Duration ttl = Duration.between(header.created(), header.softExpiry());
            Duration lived = Duration.between(header.created(), now);
            if (lived.toMillis() >= ttl.toMillis() / PERCENT * refresh.ahead()) {
                return true;
            }
        }
        return refresh.early() > 0
                && early.isDue(
                        Duration.between(now, header.softExpiry()),
                        header.loadCost(),
                        refresh.early());
    }

    private static Age pastTtl(Refresh refresh, Duration past) {
        if (past.compareTo(refresh.staleWhileRevalidate()) < 0) {
            return Age.STALE;
        }
        return past.compareTo(refresh.staleIfError()) < 0 ? Age.LAST_RESORT : Age.GONE;
    }
}
