package io.freshet.api.entry;

import io.freshet.api.body.BodyReader;
import io.freshet.api.body.Identifiers;
import io.freshet.api.http.BatchLimit;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.NewValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code mget} and {@code mset}. */
final class BatchBodies {

    /** One element of {@code entries}, as its fields come. */
    private static final class NewEntry {
        private final ValueFields fields = new ValueFields();
        private @Nullable EntryKey key;

        void take(String field, BodyReader in) {
            if (field.equals("key")) {
                key = Identifiers.key(in);
            } else if (!fields.take(field, in)) {
                throw in.unknown();
            }
        }
    }

    private BatchBodies() {}

    /** The keys of {@code {"keys": [...]}}, each once, in their order. */
    static Set<EntryKey> keys(byte[] body, BatchLimit limit) {
        var keys = new LinkedHashSet<EntryKey>();
        var isThere = new boolean[1];
        BodyReader.read(
                body,
                (field, in) -> {
                    if (!field.equals("keys")) {
                        throw in.unknown();
                    }
                    isThere[0] = true;
                    keys.addAll(limit.require("keys", Identifiers.keys(in)));
                });
        if (!isThere[0]) {
            throw BodyReader.missing("keys");
        }
        return keys;
    }

    /** The values of {@code {"entries": [...]}}, no key twice. */
    static List<OfKey<NewValue>> entries(byte[] body, BatchLimit limit) {
        var entries = new ArrayList<NewEntry>();
        var isThere = new boolean[1];
        BodyReader.read(
                body,
                (field, in) -> {
                    if (!field.equals("entries")) {
                        throw in.unknown();
                    }
                    isThere[0] = true;
                    in.objects(
                            () -> entries.add(new NewEntry()),
                            (name, element) -> entries.getLast().take(name, element));
                });
        if (!isThere[0]) {
            throw BodyReader.missing("entries");
        }
        return distinct(limit.require("entries", entries));
    }

    private static List<OfKey<NewValue>> distinct(List<NewEntry> entries) {
        var values = new ArrayList<OfKey<NewValue>>(entries.size());
        var keys = new HashSet<EntryKey>();
        for (NewEntry entry : entries) {
            String prefix = "entries[" + values.size() + "].";
            if (entry.key == null) {
                throw BodyReader.missing(prefix + "key");
            }
            if (!keys.add(entry.key)) {
                throw new ProblemException(
                        ProblemCode.ILLEGAL_VALUE, "'" + prefix + "key' is there twice");
            }
            values.add(new OfKey<>(entry.key, entry.fields.toNewValue(prefix)));
        }
        return values;
    }
}
