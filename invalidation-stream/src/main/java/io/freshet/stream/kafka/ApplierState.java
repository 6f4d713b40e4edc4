package io.freshet.stream.kafka;

import java.util.List;

/** What the applier is doing. */
public sealed interface ApplierState {

    /** It has no partitions yet. */
    record Joining() implements ApplierState {}

    /** It applies these; the list may be empty when there are more instances than partitions. */
    record Applying(List<Integer> partitions) implements ApplierState {}

    /** The store does not answer; it tries again. */
    record StoreUnavailable(List<Integer> partitions) implements ApplierState {}

    /** It failed, and begins anew. */
    record Failed(String message) implements ApplierState {}
}
