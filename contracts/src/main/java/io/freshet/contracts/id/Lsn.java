package io.freshet.contracts.id;

import java.util.Locale;

/**
 * A position in PostgreSQL's write-ahead log, as an unsigned number of bytes.
 *
 * <p>Its text form is PostgreSQL's own, {@code 16/B374D848}. Comparable only within one database.
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /**
     * Reads PostgreSQL's text form.
     *
     * @throws IllegalIdentifierException when it is none
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash < 1 || slash > 8 || text.length() - slash < 2 || text.length() - slash > 9) {
                throw new NumberFormatException();
            }
            long high = Long.parseUnsignedLong(text, 0, slash, 16);
            long low = Long.parseUnsignedLong(text, slash + 1, text.length(), 16);
            return new Lsn(high << 32 | low);
        } catch (NumberFormatException _) {
            throw new IllegalIdentifierException(
                    "lsn", "an LSN is two hexadecimal numbers with a slash, such as 16/B374D848");
        }
    }

    public static Lsn max(Lsn a, Lsn b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        String high = Long.toHexString(value >>> 32);
        String low = Long.toHexString(value & 0xFFFF_FFFFL);
        return (high + "/" + low).toUpperCase(Locale.ROOT);
    }
}
