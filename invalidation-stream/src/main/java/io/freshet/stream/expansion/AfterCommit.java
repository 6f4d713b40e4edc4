package io.freshet.stream.expansion;

import org.jspecify.annotations.Nullable;

/**
 * A value that may be acted on once a commit has passed since it was noted: what it rests on is
 * lasting then. Holds one value at a time; for one thread.
 */
final class AfterCommit<T> {

    private final Commits commits;
    private @Nullable T noted;
    private long notedAt;

    AfterCommit(Commits commits) {
        this.commits = commits;
    }

    boolean isEmpty() {
        return noted == null;
    }

    void note(T value) {
        if (noted != null) {
            throw new IllegalStateException("the value before it is still held");
        }
        noted = value;
        notedAt = commits.count();
    }

    /** The value, once and only after a commit; else null. */
    @Nullable T take() {
        if (noted == null || commits.count() == notedAt) {
            return null;
        }
        T value = noted;
        noted = null;
        return value;
    }
}
