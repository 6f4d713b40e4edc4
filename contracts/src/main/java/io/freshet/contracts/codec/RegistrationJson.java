package io.freshet.contracts.codec;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Registrations as JSON: several in a record since schema 2, one in a record of schema 1. */
final class RegistrationJson {

    private RegistrationJson() {}

    static void write(Registrations record, JsonWriter out) {
        out.objects("entries", record.entries(), RegistrationJson::writeEntry);
    }

    private static void writeEntry(Registration entry, JsonWriter out) {
        out.put("namespace", entry.namespace().value())
                .put("key", entry.key().value())
                .put("stamp", entry.stamp().packed())
                .put("hard-expiry", entry.hardExpiry())
                .list("tags", new TreeSet<>(entry.tags()), Tag::value);
    }

    static Registrations read(JsonObject in) {
        List<Registration> entries = in.objects("entries", RegistrationJson::readEntry);
        if (entries.isEmpty()) {
            throw in.illegal("entries", "must not be empty");
        }
        return new Registrations(entries);
    }

    static Registrations readSingle(JsonObject in) {
        return Registrations.of(readEntry(in));
    }

    private static Registration readEntry(JsonObject in) {
        return new Registration(
                in.parsed("namespace", Namespace::new),
                in.parsed("key", EntryKey::new),
                in.counted("stamp", Stamp::new),
                Set.copyOf(in.list("tags", Tag::new)),
                in.instant("hard-expiry"));
    }
}
