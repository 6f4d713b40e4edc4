package io.freshet.contracts.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Signs what one producer sends to the inbox, or leaves it unsigned. Thread-safe. */
public final class Signer {

    /** Header with the producer's name. */
    public static final String PRODUCER = "freshet-producer";

    /** Header with the signature. */
    public static final String SIGNATURE = "freshet-signature";

    private static final Signer NOBODY = new Signer("", null);

    private final String producer;
    private final @Nullable ProducerSecret secret;

    private Signer(String producer, @Nullable ProducerSecret secret) {
        this.producer = producer;
        this.secret = secret;
    }

    /** Of an installation whose inbox takes what comes unsigned. */
    public static Signer none() {
        return NOBODY;
    }

    /**
     * Of a producer.
     *
     * @param secret null for none: it does not sign
     */
    public static Signer of(String producer, @Nullable String secret) {
        return secret == null ? NOBODY : of(producer, new ProducerSecret(secret));
    }

    /** Of a producer that does sign. */
    public static Signer of(String producer, ProducerSecret secret) {
        return new Signer(producer, secret);
    }

    /** Adds to a record the headers that go with its value. */
    public void sign(ProducerRecord<?, byte[]> record) {
        sign(record.value(), record.headers());
    }

    /** Adds the headers that go with a value. */
    public void sign(byte[] value, Headers headers) {
        if (secret != null) {
            headers.add(PRODUCER, producer.getBytes(UTF_8));
            headers.add(SIGNATURE, secret.signatureOf(value));
        }
    }
}
