package io.freshet.api.explain;

import io.freshet.api.audit.AuditTable;
import io.freshet.api.audit.Audited;
import io.freshet.api.http.ApiPath;
import io.freshet.api.http.JsonAnswer;
import io.freshet.api.http.Outcome;
import io.freshet.api.http.Query;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Explanation;
import io.freshet.engine.freshness.Clue;
import io.freshet.engine.log.LogHistory;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells why a key is answered as it is: {@code GET /{namespace}/{key}?explain}. It is asked for
 * beside the path, since any path segment may be a key. What Kafka or PostgreSQL cannot tell at the
 * moment is left out.
 */
public final class EntryExplanation {

    private static final String PARAMETER = "explain";
    private static final int AUDITED = 10;

    private final Node node;
    private final Catalog catalog;
    private final LogHistory history;
    private final InstantSource clock;

    public EntryExplanation(Node node, Catalog catalog, LogHistory history, InstantSource clock) {
        this.node = node;
        this.catalog = catalog;
        this.history = history;
        this.clock = clock;
    }

    /** Whether a read of an entry asks for this. */
    public static boolean isMeantBy(ServerHttpRequest request) {
        return Query.beginsWith(request.getURI(), PARAMETER);
    }

    /** Answers it. */
    public Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, ApiPath path) {
        Catalog.Served namespace = catalog.find(path.namespace());
        EntryKey key = path.key();
        Query.of(request.getURI(), Set.of(PARAMETER));
        var table = new AuditTable(node.running().administration().database());
        return Outcome.of(node.running().vitals().explain(namespace.config(), key))
                .flatMap(found ->
                        Mono.fromCallable(() ->
                                        new ExplanationDocument(
                                                        namespace.config(),
                                                        key,
                                                        found,
                                                        Reading.of(found, clock.instant()))
                                                .toBytes(
                                                        records(found),
                                                        audited(table, namespace, key, found)))
                                .subscribeOn(Schedulers.boundedElastic()))
                .flatMap(body -> JsonAnswer.write(response, body));
    }

    /** The records at the positions of the clues, as far as the log still has them. */
    private Map<Stamp, LogRecord> records(Explanation found) {
        var records = new HashMap<Stamp, LogRecord>();
        int partition = found.evidence().position().partition();
        for (Clue clue : found.evidence().clues()) {
            LogRecord record = record(new LogPosition(partition, clue.last()));
            // A floor is the position of something else.
            if (record != null
                    && record.event() instanceof Event.Invalidation event
                    && event.target().each().contains(clue.about())) {
                records.put(clue.last(), record);
            }
        }
        return records;
    }

    private @Nullable LogRecord record(LogPosition place) {
        try {
            return history.record(place).orElse(null);
        } catch (KafkaException _) {
            return null;
        }
    }

    private static @Nullable List<Audited> audited(
            AuditTable table, Catalog.Served namespace, EntryKey key, Explanation found) {
        Explanation.Held held = found.stored() == null ? found.near() : found.stored();
        List<String> tags =
                held == null ? List.of() : held.header().tags().stream().map(Tag::value).toList();
        try {
            return table.about(namespace.name().value(), key.value(), tags, AUDITED);
        } catch (SQLException _) {
            return null;
        }
    }
}
