package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;

/** One bucket of a namespace. */
record Bucket(Namespace namespace, int number) {}
