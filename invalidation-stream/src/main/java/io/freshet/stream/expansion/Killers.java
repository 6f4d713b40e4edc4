package io.freshet.stream.expansion;

import io.freshet.contracts.position.Stamp;

/** Last positions at which anything that an entry falls under was invalidated. */
record Killers(Stamp hard, Stamp soft) {

    static final Killers NONE = new Killers(Stamp.ZERO, Stamp.ZERO);

    Killers and(Killers other) {
        return new Killers(Stamp.max(hard, other.hard), Stamp.max(soft, other.soft));
    }

    Stamp last() {
        return Stamp.max(hard, soft);
    }
}
