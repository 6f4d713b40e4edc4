package io.freshet.contracts.event;

import java.util.List;

/**
 * A record of {@code freshet.entries}: entries of one log partition that are about to be written.
 *
 * @param entries at least one
 */
public record Registrations(List<Registration> entries) {

    public Registrations {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a record registers at least one entry");
        }
    }

    public static Registrations of(Registration entry) {
        return new Registrations(List.of(entry));
    }
}
