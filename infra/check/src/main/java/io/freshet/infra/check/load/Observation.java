package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.instance.Api.Answer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer shows: the state of its row and of the three things that the value has in common
 * with others; or that there is no row.
 */
final class Observation {

    private final String key;
    private final @Nullable JsonNode value;

    /**
     * @param answer one that {@linkplain #isAnswer is an answer}
     */
    Observation(String key, Answer answer) {
        this.key = key;
        this.value = answer.status() == 200 ? answer.json() : null;
    }

    /** Whether it says what the key's value is. */
    static boolean isAnswer(Answer answer) {
        return answer.status() == 200 || answer.status() == 404;
    }

    /** Who answered what kind of a question; few different ones. */
    static String by(Api node, Answer answer, String kind) {
        return "%s %s%s (%s)"
                .formatted(
                        node.node(),
                        answer.tier().isEmpty() ? "absent" : answer.tier(),
                        answer.stale() ? " marked stale" : "",
                        kind)
                .intern();
    }

    /** Notes it, for each register by the read that the function makes of its state. */
    void noteIn(History history, Function<State, Read> read) {
        JsonNode shown = value;
        if (shown == null) {
            history.read(new Register(key), read.apply(State.ABSENT));
            return;
        }
        note(history, read, key, shown, "version");
        note(history, read, shown.path("grp").asString(""), shown, "grp_version");
        note(history, read, shown.path("shelf").asString(""), shown, "shelf_version");
        note(history, read, Keys.WORLD.name(), shown, "world_version");
    }

    private static void note(
            History history,
            Function<State, Read> read,
            String register,
            JsonNode shown,
            String field) {
        history.read(new Register(register), read.apply(State.version(shown.path(field).asLong())));
    }

    /** The versions that it shows; null when there is no row. */
    Ground.@Nullable Shown shown() {
        JsonNode shown = value;
        return shown == null
                ? null
                : new Ground.Shown(
                        shown.path("version").asLong(),
                        shown.path("grp_version").asLong(),
                        shown.path("shelf_version").asLong(),
                        shown.path("world_version").asLong());
    }
}
