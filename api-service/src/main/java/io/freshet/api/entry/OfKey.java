package io.freshet.api.entry;

import io.freshet.contracts.id.EntryKey;

/** Something of one key of a batch. */
record OfKey<T>(EntryKey key, T of) {}
