package io.freshet.contracts.producer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a producer shares with invalidation-stream. A signature is the HMAC-SHA256 of the record's
 * value, in lower-case hexadecimal digits. Thread-safe; never shows itself.
 */
public final class ProducerSecret {

    private static final int LEAST_LENGTH = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    /**
     * @throws IllegalArgumentException when it is too short; the message does not tell it
     */
    public ProducerSecret(String text) {
        if (text.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException(
                    "a producer's secret needs at least %d characters".formatted(LEAST_LENGTH));
        }
        key = new SecretKeySpec(text.getBytes(UTF_8), ALGORITHM);
    }

    byte[] signatureOf(byte[] value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(value)).getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the signature is that of the value; takes as long for any of its length. */
    public boolean hasSigned(byte[] value, byte[] signature) {
        return MessageDigest.isEqual(signatureOf(value), signature);
    }

    @Override
    public String toString() {
        return "(a secret)";
    }
}
