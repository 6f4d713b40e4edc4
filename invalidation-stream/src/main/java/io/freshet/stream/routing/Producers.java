package io.freshet.stream.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.producer.ProducerSecret;
import io.freshet.contracts.producer.Signer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Who may say what in the inbox. Without any producer everybody may say everything: then whoever
 * may write to the topic is trusted. Thread-safe.
 */
public final class Producers {

    private static final String EVERY_NAMESPACE = "*";

    private final Map<String, Producer> known;

    /**
     * Somebody who may produce.
     *
     * @param namespaces about which ones; {@value #EVERY_NAMESPACE} for all
     * @param internal whether it is a service of Freshet: it may say what is not in the public
     *     contract, of any namespace
     */
    public record Producer(ProducerSecret secret, Set<String> namespaces, boolean internal) {

        public Producer {
            namespaces = Set.copyOf(namespaces);
        }

        private boolean mayAbout(Namespace namespace) {
            return namespaces.contains(EVERY_NAMESPACE) || namespaces.contains(namespace.value());
        }
    }

    /**
     * @param known by their names
     */
    public Producers(Map<String, Producer> known) {
        this.known = Map.copyOf(known);
    }

    /** Everybody who may write to the topic. */
    public static Producers everybody() {
        return new Producers(Map.of());
    }

    /** Why the event must not be taken from whoever sent it; empty when it may. */
    Optional<String> objection(Event event, byte[] value, Headers headers) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String name = text(headers.lastHeader(Signer.PRODUCER));
        Header signature = headers.lastHeader(Signer.SIGNATURE);
        if (name == null || signature == null || signature.value() == null) {
            return Optional.of(
                    "headers %s and %s are required here"
                            .formatted(Signer.PRODUCER, Signer.SIGNATURE));
        }
        Producer producer = known.get(name);
        if (producer == null || !producer.secret().hasSigned(value, signature.value())) {
            return Optional.of("the signature is not that of a producer named " + shown(name));
        }
        return producer.internal() ? Optional.empty() : objection(event, name, producer);
    }

    private static Optional<String> objection(Event event, String name, Producer producer) {
        if (!(event instanceof Event.Invalidation invalidation)
                || invalidation.row() != null
                || invalidation.cause().kind() == Cause.Kind.BARRIER) {
            return Optional.of(name + " may only invalidate");
        }
        Namespace namespace = invalidation.target().namespace();
        return producer.mayAbout(namespace)
                ? Optional.empty()
                : Optional.of("%s may not invalidate in %s".formatted(name, namespace));
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "...";
    }
}
