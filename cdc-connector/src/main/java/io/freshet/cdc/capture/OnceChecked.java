package io.freshet.cdc.capture;

import io.freshet.contracts.id.Lsn;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches once a check has passed, which is made before the first: what was prepared may have
 * changed until the engine had taken hold of the slot. For one thread.
 */
final class OnceChecked implements CaptureEngine.Taker {

    private final DatabaseWatch check;
    private final CaptureEngine.Taker next;
    private boolean checked;

    OnceChecked(DatabaseWatch check, CaptureEngine.Taker next) {
        this.check = check;
        this.next = next;
    }

    @Override
    public @Nullable Lsn take(List<SourceRecord> batch) throws InterruptedException, SQLException {
        if (!checked) {
            check.run();
            checked = true;
        }
        return next.take(batch);
    }
}
