package io.freshet.contracts.id;

/** The rule that keys, tags and patterns share: short, valid Unicode, no control characters. */
final class Text {

    private Text() {}

    static String requireLegal(String kind, String value, int maxBytes) {
        if (value.isEmpty()) {
            throw new IllegalIdentifierException(kind, "a " + kind + " must not be empty");
        }
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (' ' <= c && c <= '~') {
                bytes++;
                continue;
            }
            if (Character.isISOControl(c)) {
                throw new IllegalIdentifierException(
                        kind,
                        "a %s must not contain control characters (found U+%04X at index %d)"
                                .formatted(kind, (int) c, i));
            }
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalIdentifierException(
                        kind, "a " + kind + " must be valid Unicode (unpaired surrogate)");
            }
        }
        if (bytes > maxBytes) {
            throw new IllegalIdentifierException(
                    kind,
                    "a %s must be at most %d bytes of UTF-8, this one has %d"
                            .formatted(kind, maxBytes, bytes));
        }
        return value;
    }
}
