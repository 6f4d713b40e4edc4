package io.freshet.api.entry;

import io.freshet.api.json.JsonWriter;
import io.freshet.api.problem.Problem;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The answers of {@code mget} and {@code mset}; JSON values go in as the bytes they are. */
final class BatchDocuments {

    private static final int BYTES_PER_KEY = 96;

    private BatchDocuments() {}

    static JsonWriter found(List<OfKey<Lookup>> lookups) {
        var json = new JsonWriter(sizeOf(lookups)).beginObject().name("results").beginObject();
        int hits = 0;
        int errors = 0;
        for (OfKey<Lookup> each : lookups) {
            json.name(each.key().value()).beginObject();
            switch (each.of()) {
                case Lookup.Hit(var entry, var tier, var stale, _) -> {
                    value(json, entry);
                    json.name("tier").plain(TierName.of(tier));
                    if (stale) {
                        json.name("stale").value(true);
                    }
                    hits++;
                }
                case Lookup.Absent _ -> json.name("value").nothing();
                case Lookup.Unavailable(var reason, var detail) -> {
                    json.name("value").nothing();
                    problem(json.name("error"), Unanswerable.because(reason, detail));
                    errors++;
                }
            }
            json.name("found").value(each.of() instanceof Lookup.Hit).endObject();
        }
        return json.endObject()
                .name("hits")
                .value(hits)
                .name("misses")
                .value(lookups.size() - hits - errors)
                .name("errors")
                .value(errors)
                .endObject();
    }

    static JsonWriter stored(List<OfKey<Optional<Problem>>> problems) {
        long failed = problems.stream().filter(each -> each.of().isPresent()).count();
        var json =
                new JsonWriter()
                        .beginObject()
                        .name("success")
                        .value(failed == 0)
                        .name("stored")
                        .value(problems.size() - failed);
        if (failed > 0) {
            json.name("failed").beginObject();
            for (OfKey<Optional<Problem>> each : problems) {
                EntryKey key = each.key();
                each.of().ifPresent(problem -> problem(json.name(key.value()), problem));
            }
            json.endObject();
        }
        return json.endObject();
    }

    private static void value(JsonWriter json, Entry entry) {
        String contentType = entry.header().contentType();
        if (contentType.equals(EntryHeader.JSON)) {
            json.name("value").raw(entry.value());
        } else {
            json.name("content_type").value(contentType);
            json.name("base64").plain(Base64.getEncoder().encodeToString(entry.value()));
        }
    }

    private static void problem(JsonWriter json, Problem problem) {
        json.beginObject().name("code").plain(problem.code().code());
        if (problem.detail() != null) {
            json.name("detail").value(problem.detail());
        }
        json.endObject();
    }

    private static int sizeOf(List<OfKey<Lookup>> lookups) {
        int size = 64;
        for (OfKey<Lookup> each : lookups) {
            size += BYTES_PER_KEY;
            if (each.of() instanceof Lookup.Hit(var entry, _, _, _)) {
                size += entry.value().length;
            }
        }
        return size;
    }
}
