package io.freshet.contracts.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as the header {@code traceparent} of requests and records says it (W3C Trace
 * Context, level 1). {@code tracestate} is not carried.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether whoever began the trace decided to record it
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    /** Name of the header. */
    public static final String HEADER = "traceparent";

    private static final int LONGEST = 256;
    // A later version may say more behind the flags.
    private static final Pattern FORM =
            Pattern.compile(
                    "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})"
                            + "-([0-9a-f]{2})(-.*)?");

    /** What a header's value says; null when it is missing or malformed. */
    public static @Nullable TraceContext of(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() > LONGEST) {
            return null;
        }
        Matcher form = FORM.matcher(traceparent);
        if (!form.matches() || (form.group(1).equals("00") && form.group(5) != null)) {
            return null;
        }
        boolean sampled = (Integer.parseInt(form.group(4), 16) & 1) == 1;
        return new TraceContext(form.group(2), form.group(3), sampled);
    }

    /** What a record's headers say; null when they say nothing. */
    public static @Nullable TraceContext in(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? null
                : of(new String(header.value(), US_ASCII));
    }

    /** Headers of a record that belongs to a trace; without one, none. */
    public static Headers headersOf(@Nullable TraceContext context) {
        var headers = new RecordHeaders();
        if (context != null) {
            context.addTo(headers);
        }
        return headers;
    }

    /** Adds the header. */
    public void addTo(Headers headers) {
        headers.add(HEADER, traceparent().getBytes(US_ASCII));
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
