package io.freshet.contracts.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String SECRET = "correct horse battery staple";
    private static final byte[] VALUE = "{\"schema\": 1}".getBytes(UTF_8);

    /** The signature is a part of the public contract: any HMAC-SHA256 makes it. */
    @Test
    void shouldSignAsOtherToolsDo() {
        // when
        Map<String, byte[]> headers = Signer.of("billing", SECRET).headersOf(VALUE);
        // then
        assertThat(headers.get(Signer.PRODUCER)).asString(UTF_8).isEqualTo("billing");
        assertThat(headers.get(Signer.SIGNATURE))
                .asString(UTF_8)
                .isEqualTo("5c4ae01bfd74832de045edfe828be11510c4d3d73e2f8f797352cd00c933c813");
    }

    @Test
    void shouldKnowASignatureOfAnotherValueOrSecret() {
        // given
        byte[] signature =
                requireNonNull(Signer.of("billing", SECRET).headersOf(VALUE).get(Signer.SIGNATURE));
        var secret = new ProducerSecret(SECRET);
        // then
        assertThat(secret.hasSigned(VALUE, signature)).isTrue();
        assertThat(secret.hasSigned("{}".getBytes(UTF_8), signature)).isFalse();
        assertThat(new ProducerSecret(SECRET + "!").hasSigned(VALUE, signature)).isFalse();
        assertThat(secret.hasSigned(VALUE, new byte[0])).isFalse();
    }

    @Test
    void shouldNotSignWithoutASecret() {
        assertThat(Signer.none().headersOf(VALUE)).isEmpty();
        assertThat(Signer.of("billing", (String) null).headersOf(VALUE)).isEmpty();
    }

    @Test
    void shouldNotTellASecret() {
        assertThat(new ProducerSecret(SECRET).toString()).doesNotContain("horse");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProducerSecret("short"))
                .withMessage("a producer's secret needs at least 16 characters");
    }
}
