package io.freshet.contracts.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String SECRET = "correct horse battery staple";
    private static final byte[] VALUE = "{\"schema\": 1}".getBytes(UTF_8);

    /** The signature is a part of the public contract: any HMAC-SHA256 makes it. */
    @Test
    void shouldSignAsOtherToolsDo() {
        // when
        Headers headers = signed(Signer.of("billing", SECRET));
        // then
        assertThat(headers)
                .extracting(Header::key, header -> new String(header.value(), UTF_8))
                .containsExactlyInAnyOrder(
                        tuple(Signer.PRODUCER, "billing"),
                        tuple(
                                Signer.SIGNATURE,
                                "5c4ae01bfd74832de045edfe828be11510c4d3d73e2f8f797352cd00c933c813"));
    }

    @Test
    void shouldKnowASignatureOfAnotherValueOrSecret() {
        // given
        byte[] signature =
                signed(Signer.of("billing", SECRET)).lastHeader(Signer.SIGNATURE).value();
        var secret = new ProducerSecret(SECRET);
        // then
        assertThat(secret.hasSigned(VALUE, signature)).isTrue();
        assertThat(secret.hasSigned("{}".getBytes(UTF_8), signature)).isFalse();
        assertThat(new ProducerSecret(SECRET + "!").hasSigned(VALUE, signature)).isFalse();
        assertThat(secret.hasSigned(VALUE, new byte[0])).isFalse();
    }

    @Test
    void shouldNotSignWithoutASecret() {
        assertThat(signed(Signer.none())).isEmpty();
        assertThat(signed(Signer.of("billing", (String) null))).isEmpty();
    }

    @Test
    void shouldNotTellASecret() {
        assertThat(new ProducerSecret(SECRET).toString()).doesNotContain("horse");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProducerSecret("short"))
                .withMessage("a producer's secret needs at least 16 characters");
    }

    private static Headers signed(Signer signer) {
        var record = new ProducerRecord<String, byte[]>("freshet.invalidations", VALUE);
        signer.sign(record);
        return record.headers();
    }
}
