package io.freshet.contracts.event;

import io.freshet.contracts.id.Tag;
import java.util.Set;

/**
 * A row as a change left it, to take the place of the entry that it makes wrong.
 *
 * @param json the value: an object, as PostgreSQL's {@code row_to_json} writes it
 * @param tags those that the entry carries
 */
public record NewRow(String json, Set<Tag> tags) {

    public NewRow {
        tags = Set.copyOf(tags);
    }
}
