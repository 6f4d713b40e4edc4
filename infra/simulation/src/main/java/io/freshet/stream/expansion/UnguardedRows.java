package io.freshet.stream.expansion;

import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;

/** The guard of rows without one of its rules, for the simulation to find out. */
public final class UnguardedRows {

    private UnguardedRows() {}

    /** Writes a row whatever later states were spoken of before. */
    public static RowImageGuard withoutOrder(Rows rows) {
        return new RowImageGuard(rows, 1, Duration.ZERO) {
            @Override
            boolean isOlder(String source, Lsn lsn) {
                return false;
            }
        };
    }

    /** Writes a row behind records that may have spoken of a later state. */
    public static RowImageGuard withoutDoubt(Rows rows) {
        return new RowImageGuard(rows, 1, Duration.ZERO) {
            @Override
            boolean isUncertain(Namespace namespace, Instant committedAt) {
                return false;
            }
        };
    }
}
