package io.freshet.stream.settings;

import static java.util.stream.Collectors.toMap;

import io.freshet.contracts.producer.ProducerSecret;
import io.freshet.contracts.producer.Signer;
import io.freshet.stream.routing.Producers;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose events are taken: {@code freshet.inbox.*}.
 *
 * @param producers each by its name with a {@code secret} and either {@code namespaces} or {@code
 *     internal=true}; with none, whoever may write to the topic may invalidate
 */
@ConfigurationProperties("freshet.inbox")
public record InboxSettings(@DefaultValue Map<String, TrustedProducer> producers) {

    /**
     * A producer that signs its events.
     *
     * @param secret what it signs with, at least 16 characters
     * @param namespaces in which it may invalidate; {@code *} for all
     * @param internal whether it is a service of Freshet
     */
    public record TrustedProducer(
            String secret,
            @DefaultValue Set<String> namespaces,
            @DefaultValue("false") boolean internal) {

        @Override
        public String toString() {
            return "TrustedProducer[namespaces=" + namespaces + ", internal=" + internal + "]";
        }
    }

    public InboxSettings {
        producers = Map.copyOf(producers);
        if (!producers.isEmpty()
                && producers.values().stream().noneMatch(TrustedProducer::internal)) {
            throw new IllegalArgumentException(
                    "freshet.inbox.producers names no producer with internal=true: the heartbeats"
                            + " of cdc-connector and the events of api-service would be refused");
        }
        producers.forEach((name, producer) -> {
            if (!producer.internal() && producer.namespaces().isEmpty()) {
                throw new IllegalArgumentException(
                        "freshet.inbox.producers.%s needs namespaces (or \"*\") or internal=true"
                                .formatted(name));
            }
        });
    }

    /** As the router asks them. */
    public Producers trusted() {
        return new Producers(
                producers.entrySet().stream()
                        .collect(
                                toMap(
                                        Map.Entry::getKey,
                                        known ->
                                                new Producers.Producer(
                                                        secretOf(known.getKey(), known.getValue()),
                                                        known.getValue().namespaces(),
                                                        known.getValue().internal()))));
    }

    /** Signs what this service itself sends to the inbox, in the name of one that is internal. */
    public Signer signer() {
        return producers.entrySet().stream()
                .filter(known -> known.getValue().internal())
                .min(Map.Entry.comparingByKey())
                .map(known -> Signer.of(known.getKey(), known.getValue().secret()))
                .orElse(Signer.none());
    }

    private static ProducerSecret secretOf(String name, TrustedProducer producer) {
        try {
            return new ProducerSecret(producer.secret());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "freshet.inbox.producers.%s.secret: %s".formatted(name, e.getMessage()), e);
        }
    }
}
