package io.freshet.stream.expansion;

/** Counts the commits that have passed; each made lasting everything that was sent before it. */
@FunctionalInterface
public interface Commits {

    long count();
}
