package io.freshet.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "users", "my.users-2_x"})
    void shouldTakeLegalNamespaces(String name) {
        assertThat(new Namespace(name).value()).isEqualTo(name);
    }

    @Test
    void shouldTakeNamespacesOfUpToAHundredCharacters() {
        assertThat(new Namespace("Zz9".repeat(33) + "_").value()).hasSize(100);
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> new Namespace("a".repeat(101)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-a", ".a", "_a", "a/b", "a b", "{a}", "a:b", "a\n", "a@", "a[", "a`", "ü", "aü"
            })
    void shouldRefuseIllegalNamespaces(String name) {
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> new Namespace(name));
    }

    @Test
    void shouldCountAKeyInBytesOfUtf8() {
        // given
        String justFits = "€".repeat(170) + "ab";

        // when / then
        assertThat(new EntryKey(justFits).value()).hasSize(172);
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> new EntryKey(justFits + "c"))
                .withMessageContaining("513");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007f", "\ud800", "\udc00x"})
    void shouldRefuseIllegalKeys(String key) {
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> new EntryKey(key))
                .satisfies(e -> assertThat(e.kind()).isEqualTo("key"));
    }

    @ParameterizedTest
    @CsvSource({
        "user:*, user:1, true",
        "user:*, user:, true",
        "user:*, users:1, false",
        "*, anything, true",
        "?, €, true",
        "?, ab, false",
        "*a*b, xaxxb, true",
        "*a*b, xaxxbc, false",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "[^a-c]x, dx, true",
        "\\*x, *x, true",
        "\\*x, ax, false",
        "a\\[b, a[b, true",
        "[\\]]y, ]y, true",
        "**, x, true",
    })
    void shouldMatchAsRedisDoes(String pattern, String key, boolean matches) {
        assertThat(new KeyPattern(pattern).matches(new EntryKey(key))).isEqualTo(matches);
    }

    @Test
    void shouldMatchAHostilePatternWithoutBacktrackingForEver() {
        // given
        var pattern = new KeyPattern("*a".repeat(100) + "*b");
        var key = new EntryKey("a".repeat(500));

        // when
        boolean matches = pattern.matches(key);

        // then
        assertThat(matches).isFalse();
    }

    @Test
    void shouldKnowWhatEveryMatchBeginsWith() {
        assertThat(new KeyPattern("user:\\*1?*").literalPrefix()).isEqualTo("user:*1");
        assertThat(new KeyPattern("*x").literalPrefix()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b", "a\\"})
    void shouldRefuseABrokenPattern(String pattern) {
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> new KeyPattern(pattern));
    }

    @Test
    void shouldReadAndWriteLsnsAsPostgresDoes() {
        // given
        String text = "FFFFFFFF/B374D848";

        // when
        Lsn lsn = Lsn.parse(text);

        // then
        assertThat(lsn).hasToString(text).isGreaterThan(Lsn.parse("16/FFFFFFFF"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/A", "16/B374D848", "FFFFFFFF/FFFFFFFF", "80000000/1"})
    void shouldWriteLsnsWithoutLeadingZeros(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "/1", "1/", "1/123456789", "g/1", "1/-1"})
    void shouldRefuseWhatIsNoLsn(String text) {
        assertThatExceptionOfType(IllegalIdentifierException.class)
                .isThrownBy(() -> Lsn.parse(text));
    }
}
