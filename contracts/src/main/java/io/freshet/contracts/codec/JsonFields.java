package io.freshet.contracts.codec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, in order of appearance.
 *
 * <p>A value is a {@link String}, a {@link Boolean}, a {@link Number} of the smallest kind that
 * holds it, more fields, a list of such values, or null.
 *
 * <p>Names are compared one by one, which is quickest for the few that objects have, and a bit for
 * the hash of each tells mostly at once that a name is not there. From {@value #FEW} on a set finds
 * those that stand twice, so that reading takes a time proportional to what is read; the codecs
 * look up a fixed number of names in any object.
 */
final class JsonFields {

    private static final int FEW = 16;

    private String[] names = {};
    private @Nullable Object[] values = {};
    private int size;
    private long bits;
    private @Nullable Set<String> many;

    /** Adds one field; false if there is one of this name. */
    boolean add(String name, @Nullable Object value) {
        if (!isNew(name)) {
            return false;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, Math.max(12, 2 * size));
            values = Arrays.copyOf(values, names.length);
        }
        bits |= bit(name);
        names[size] = name;
        values[size++] = value;
        return true;
    }

    private boolean isNew(String name) {
        if (size < FEW) {
            return indexOf(name, 0) < 0;
        }
        if (many == null) {
            many = new HashSet<>(Arrays.asList(names).subList(0, size));
        }
        return many.add(name);
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    @Nullable Object value(int index) {
        return values[index];
    }

    /** Where the field is, or -1; looks from {@code first} on and then before it. */
    int indexOf(String name, int first) {
        if ((bits & bit(name)) == 0) {
            return -1;
        }
        for (int i = first; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        for (int i = 0; i < first; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static long bit(String name) {
        int hash = name.hashCode();
        return 1L << (hash ^ (hash >>> 16));
    }
}
