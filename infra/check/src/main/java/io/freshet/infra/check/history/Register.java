package io.freshet.infra.check.history;

/**
 * One thing that has one state after the other: a row, or something that many cached values show.
 */
public record Register(String name) {

    @Override
    public String toString() {
        return name;
    }
}
