package io.freshet.stream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.producer.ProducerSecret;
import io.freshet.contracts.producer.Signer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ProducersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProducerSecret OURS = new ProducerSecret("a secret of the connector");
    private static final ProducerSecret THEIRS = new ProducerSecret("a secret of the billing");

    private final Routing routing =
            new Routing(
                    64 * 1024,
                    new Producers(
                            Map.of(
                                    "connector",
                                    new Producers.Producer(OURS, Set.of(), true),
                                    "billing",
                                    new Producers.Producer(
                                            THEIRS, Set.of("invoices", "orders"), false),
                                    "deploy",
                                    new Producers.Producer(THEIRS, Set.of("*"), false))));

    private static Event.Invalidation of(String namespace, Cause.Kind cause) {
        return new Event.Invalidation(
                null,
                new Target.OfNamespace(new Namespace(namespace)),
                Mode.HARD,
                null,
                Cause.of(cause, null, null),
                null);
    }

    private static Event invalidationOf(String namespace) {
        return of(namespace, Cause.Kind.KAFKA);
    }

    private static Headers signed(Signer signer, Event event) {
        var headers = new RecordHeaders();
        signer.sign(Codecs.EVENT.encode(event), headers);
        return headers;
    }

    private Routed route(Event event, Headers headers) {
        return routing.route(Codecs.EVENT.encode(event), headers, new InboxPosition(0, 1), NOW);
    }

    private Routed route(String producer, ProducerSecret secret, Event event) {
        return route(event, signed(Signer.of(producer, secret), event));
    }

    private static Routed refused(String message) {
        return new Routed.ToDeadLetters("unauthorised", message);
    }

    @Test
    void shouldTakeWhatAProducerMaySay() {
        assertThat(route("billing", THEIRS, invalidationOf("orders")))
                .isInstanceOf(Routed.ToLog.class);
        assertThat(route("deploy", THEIRS, invalidationOf("cities")))
                .isInstanceOf(Routed.ToLog.class);
        assertThat(route("connector", OURS, of("cities", Cause.Kind.BARRIER)))
                .isInstanceOf(Routed.ToLog.class);
        assertThat(route("connector", OURS, new Event.Heartbeat("primary", new Lsn(7), NOW)))
                .isInstanceOf(Routed.ToLog.class);
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        assertThat(route(invalidationOf("orders"), new RecordHeaders()))
                .isEqualTo(
                        refused(
                                "headers freshet-producer and freshet-signature are required here"));
    }

    @Test
    void shouldRefuseASignatureOfAnotherSecretAnotherNameOrAnotherValue() {
        var refused = refused("the signature is not that of a producer named billing");
        assertThat(route("billing", OURS, invalidationOf("orders"))).isEqualTo(refused);
        assertThat(route("nobody", THEIRS, invalidationOf("orders")))
                .isEqualTo(refused("the signature is not that of a producer named nobody"));
        assertThat(
                        route(
                                invalidationOf("orders"),
                                signed(Signer.of("billing", THEIRS), invalidationOf("invoices"))))
                .isEqualTo(refused);
    }

    @Test
    void shouldRefuseWhatAProducerMayNotSay() {
        assertThat(route("billing", THEIRS, invalidationOf("cities")))
                .isEqualTo(refused("billing may not invalidate in cities"));
        assertThat(route("deploy", THEIRS, of("cities", Cause.Kind.BARRIER)))
                .isEqualTo(refused("deploy may only invalidate"));
        assertThat(route("deploy", THEIRS, new Event.Heartbeat("primary", new Lsn(7), NOW)))
                .isEqualTo(refused("deploy may only invalidate"));
    }

    @Test
    void shouldLetNoStrangerPutValuesIntoTheCache() {
        // given
        var row =
                new Event.Invalidation(
                        null,
                        new Target.OfKey(new Namespace("orders"), new EntryKey("1")),
                        Mode.HARD,
                        new Lsn(7),
                        Cause.of(Cause.Kind.KAFKA, null, null),
                        null,
                        new NewRow("{}", Set.of()));
        // then
        assertThat(route("billing", THEIRS, row)).isEqualTo(refused("billing may only invalidate"));
    }
}
