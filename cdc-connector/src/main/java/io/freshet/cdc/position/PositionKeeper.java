package io.freshet.cdc.position;

import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.Set;

/** The position of a running capture, kept in step with its store. Safe for several threads. */
public final class PositionKeeper {

    private final PositionStore store;
    private CapturePosition position;

    public PositionKeeper(PositionStore store, CapturePosition position) {
        this.store = store;
        this.position = position;
    }

    /** Moves on and blocks until that is acknowledged. A move back is ignored. */
    public synchronized void advance(Lsn lsn) throws InterruptedException {
        if (lsn.compareTo(position.lsn()) > 0) {
            save(position.at(lsn));
        }
    }

    /** Everything committed before it has been published for good. */
    public synchronized Lsn lsn() {
        return position.lsn();
    }

    /** Remembers namespaces that SQL has invalidated. */
    public synchronized void called(Set<Namespace> namespaces) throws InterruptedException {
        if (!position.called().containsAll(namespaces)) {
            save(position.called(namespaces));
        }
    }

    /** Remembers that something may have been missed, until a barrier has made it good. */
    public synchronized void doubt(String reason) throws InterruptedException {
        save(position.doubted(reason));
    }

    public synchronized void trust() throws InterruptedException {
        save(position.trusted());
    }

    private void save(CapturePosition next) throws InterruptedException {
        store.save(next);
        position = next;
    }
}
