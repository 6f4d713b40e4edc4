package io.freshet.api.invalidation;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.MISSING_FIELD;

import io.freshet.api.body.BodyReader;
import io.freshet.api.body.Identifiers;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants invalidated.
 *
 * @param namespace as it came
 * @param keys each once, as all that follows
 * @param all whether everything in the namespace is meant
 * @param dryRun whether it is only to be told what would go
 */
record InvalidationRequest(
        String namespace,
        Set<EntryKey> keys,
        Set<Tag> tags,
        @Nullable KeyPattern pattern,
        boolean all,
        Mode mode,
        boolean dryRun) {

    /** The body, as its fields come. */
    private static final class Fields {
        private @Nullable String namespace;
        private final Set<EntryKey> keys = new LinkedHashSet<>();
        private final Set<Tag> tags = new LinkedHashSet<>();
        private @Nullable KeyPattern pattern;
        private boolean all;
        private Mode mode = Mode.HARD;
        private boolean dryRun;

        void take(String field, BodyReader in) {
            switch (field) {
                case "namespace" -> namespace = in.text();
                case "key" -> keys.add(Identifiers.key(in));
                case "keys" -> keys.addAll(Identifiers.keys(in));
                case "tag" -> tags.add(Identifiers.tag(in));
                case "tags" -> tags.addAll(Identifiers.tags(in));
                case "pattern" -> pattern = Identifiers.pattern(in);
                case "all" -> all = in.bool();
                case "mode" -> mode = mode(in);
                case "dry_run" -> dryRun = in.bool();
                default -> throw in.unknown();
            }
        }

        private static Mode mode(BodyReader in) {
            return switch (in.text()) {
                case "hard" -> Mode.HARD;
                case "soft" -> Mode.SOFT;
                default -> throw in.illegal(ILLEGAL_VALUE, "must be hard or soft");
            };
        }

        InvalidationRequest toRequest() {
            if (namespace == null) {
                throw BodyReader.missing("namespace");
            }
            return new InvalidationRequest(namespace, keys, tags, pattern, all, mode, dryRun);
        }
    }

    static InvalidationRequest read(byte[] body, BatchLimit limit) {
        var fields = new Fields();
        BodyReader.read(body, fields::take);
        limit.require("keys", fields.keys);
        limit.require("tags", fields.tags);
        return fields.toRequest();
    }

    /** One target each; never none. */
    List<Target> targets(Namespace name) {
        var targets = new ArrayList<Target>();
        keys.forEach(key -> targets.add(new Target.OfKey(name, key)));
        tags.forEach(tag -> targets.add(new Target.OfTag(name, tag)));
        if (pattern != null) {
            targets.add(new Target.OfPattern(name, pattern));
        }
        if (all) {
            targets.add(new Target.OfNamespace(name));
        }
        if (targets.isEmpty()) {
            throw new ProblemException(
                    MISSING_FIELD,
                    "say what: key, keys, tag, tags, pattern, or \"all\": true for the whole"
                            + " namespace");
        }
        return targets;
    }
}
