package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import java.util.Arrays;

/** What a node was promised by the records that it has consumed, over all its lives. */
final class Known {

    private final Need[] needs = new Need[SimKeys.COUNT];

    Known() {
        Arrays.fill(needs, Need.NOTHING);
    }

    void learn(Promise promise, int partition) {
        for (int i = 0; i < promise.rows().size(); i++) {
            int row = promise.rows().get(i);
            if (SimKeys.partitionOf(row) == partition) {
                needs[row] = needs[row].and(needOf(promise, promise.versions().get(i)));
            }
        }
    }

    Need of(int row) {
        return needs[row];
    }

    static Need needOf(Promise promise, int version) {
        if (promise.failovers() != Promise.FOR_EVER) {
            return new Need(0, 0, version, promise.failovers());
        }
        return Need.of(version, promise.mode() == Mode.HARD ? version : 0);
    }
}
