package io.freshet.cdc.position;

import io.freshet.cdc.database.ServerIdentity;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been captured, and what was captured of it.
 *
 * @param slot the replication slot that it was read with
 * @param lsn everything committed before it has been published for good
 * @param rules a fingerprint of the rules of each namespace
 * @param called namespaces that SQL has invalidated
 * @param doubt why something may have been missed that no barrier has made good yet; null: nothing
 */
public record CapturePosition(
        ServerIdentity server,
        String slot,
        Lsn lsn,
        SortedMap<Namespace, String> rules,
        Set<Namespace> called,
        @Nullable String doubt) {

    public CapturePosition {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
        called = Set.copyOf(called);
    }

    public CapturePosition at(Lsn later) {
        return new CapturePosition(server, slot, later, rules, called, doubt);
    }

    /** Knows of more namespaces that SQL has invalidated. */
    public CapturePosition called(Set<Namespace> more) {
        var all = new HashSet<>(called);
        all.addAll(more);
        return new CapturePosition(server, slot, lsn, rules, all, doubt);
    }

    public CapturePosition doubted(String reason) {
        return new CapturePosition(server, slot, lsn, rules, called, reason);
    }

    public CapturePosition trusted() {
        return new CapturePosition(server, slot, lsn, rules, called, null);
    }
}
