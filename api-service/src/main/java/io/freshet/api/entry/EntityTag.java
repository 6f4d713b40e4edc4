package io.freshet.api.entry;

import io.freshet.engine.entry.Entry;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The strong entity tag of a value in one representation. It names the value: metadata that change
 * as time goes by, such as the remaining TTL, do not change it.
 */
record EntityTag(String text) {

    static EntityTag of(Entry entry, Representation representation) {
        long hash =
                ContentHash.of(entry.value())
                        ^ entry.header().contentType().hashCode() * 0x9E3779B97F4A7C15L;
        String suffix =
                switch (representation) {
                    case ENVELOPE -> "\"";
                    case RAW -> "-raw\"";
                };
        return new EntityTag('"' + HexFormat.of().toHexDigits(hash) + suffix);
    }

    /**
     * Whether the header {@code If-None-Match} names it; weak tags are compared as strong ones.
     *
     * @param header null when there is none
     */
    boolean isNamedBy(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String candidate : header.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || text.equals(tag.startsWith("W/") ? tag.substring(2) : tag)) {
                return true;
            }
        }
        return false;
    }
}
