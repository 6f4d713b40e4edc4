package io.freshet.engine.freshness;

import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import java.util.List;

/**
 * All that a node knows of the log that bears on one key, for people.
 *
 * @param position how far the key's partition is consumed
 * @param ready whether the node has caught up with the end that the partition had at its start
 * @param floor invalidations of keys at or below it are not remembered
 * @param barrier entries stamped below it are not trusted: a part of the log was lost to the node
 * @param replaced position of the last PUT that replaced the key, or zero
 * @param clues of the key itself and of scopes that it falls under, where anything is remembered
 */
public record Evidence(
        LogPosition position,
        boolean ready,
        Stamp floor,
        Stamp barrier,
        Stamp replaced,
        List<Clue> clues) {

    public Evidence {
        clues = List.copyOf(clues);
    }
}
