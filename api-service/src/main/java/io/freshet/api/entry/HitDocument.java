package io.freshet.api.entry;

import io.freshet.api.http.FreshetHeaders;
import io.freshet.api.http.SurrogateKey;
import io.freshet.api.json.JsonWriter;
import io.freshet.engine.Lookup;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/**
 * A value that was found, as an HTTP answer: headers and body. The body is put together from bytes;
 * the value is not parsed.
 *
 * @param now milliseconds since 1970
 */
record HitDocument(Lookup.Hit hit, Representation representation, EntityTag tag, long now) {

    private static final int METADATA_BYTES = 256;

    HitDocument(Lookup.Hit hit, Representation representation, long now) {
        this(hit, representation, EntityTag.of(hit.entry(), representation), now);
    }

    /** Seconds that are left of the TTL, a part of one counted as one. */
    private long secondsLeft() {
        return Math.ceilDiv(millisLeft(), 1_000L);
    }

    private long millisLeft() {
        return Math.max(0, hit.entry().header().softExpiry().toEpochMilli() - now);
    }

    /**
     * Writes the headers.
     *
     * @param window how outdated an answer may be; caches in front keep it no longer
     */
    void writeHeaders(HttpHeaders headers, Duration window) {
        EntryHeader header = hit.entry().header();
        headers.set(HttpHeaders.ETAG, tag.text());
        headers.set(HttpHeaders.CACHE_CONTROL, "private, max-age=" + maxAge(window));
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.set(HttpHeaders.AGE, seconds(Math.max(0, now - header.created().toEpochMilli())));
        boolean cached = hit.tier() != Lookup.Tier.SOURCE;
        headers.set(FreshetHeaders.CACHE_HIT, cached ? "true" : "false");
        headers.set(FreshetHeaders.CACHE_TTL, Long.toString(secondsLeft()));
        headers.set(FreshetHeaders.CACHE_TIER, TierName.of(hit.tier()));
        if (!header.tags().isEmpty()) {
            headers.set(FreshetHeaders.SURROGATE_KEY, SurrogateKey.of(header.tags()));
        }
        if (hit.stale()) {
            headers.set(FreshetHeaders.STALE, "true");
        }
    }

    String contentType() {
        return switch (representation) {
            case ENVELOPE -> EntryHeader.JSON;
            case RAW -> hit.entry().header().contentType();
        };
    }

    byte[] body() {
        return switch (representation) {
            case ENVELOPE -> envelope(hit.entry());
            case RAW -> hit.entry().value();
        };
    }

    private byte[] envelope(Entry entry) {
        EntryHeader header = entry.header();
        var json =
                new JsonWriter(entry.value().length + METADATA_BYTES)
                        .beginObject()
                        .name("value")
                        .raw(entry.value())
                        .name("metadata")
                        .beginObject()
                        .name("ttl_remaining")
                        .value(secondsLeft())
                        .name("created_at")
                        .plain(header.created().toString())
                        .name("tags")
                        .beginArray();
        header.tags().stream().sorted().forEach(tag -> json.value(tag.value()));
        return json.endArray()
                .name("tier")
                .plain(TierName.of(hit.tier()))
                .name("fresh_as_of")
                .plain(hit.freshAsOf().toString())
                .endObject()
                .endObject()
                .toBytes();
    }

    private String maxAge(Duration window) {
        return hit.stale() ? "0" : seconds(Math.min(millisLeft(), window.toMillis()));
    }

    private static String seconds(long millis) {
        return Long.toString(millis / 1_000);
    }
}
