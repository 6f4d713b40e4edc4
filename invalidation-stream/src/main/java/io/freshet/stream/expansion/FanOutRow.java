package io.freshet.stream.expansion;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.FanOutProgress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What of a fan-out survives a restart.
 *
 * @param progress as it was told, or would have been
 * @param forgotten the last row that is forgotten, or null for none
 */
record FanOutRow(FanOutProgress progress, @Nullable RowKey forgotten) {

    private static final byte FORMAT = 2;

    byte[] encode() {
        byte[] json = Codecs.FAN_OUT.encode(progress);
        byte[] resume = forgotten == null ? new byte[0] : forgotten.bytes();
        return ByteBuffer.allocate(1 + Short.BYTES + resume.length + json.length)
                .put(FORMAT)
                .putShort((short) resume.length)
                .put(resume)
                .put(json)
                .array();
    }

    static FanOutRow decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException("fan-out row of unknown format " + format);
        }
        var resume = new byte[in.getShort()];
        in.get(resume);
        var json = new byte[in.remaining()];
        in.get(json);
        return new FanOutRow(
                Codecs.FAN_OUT.decode(json), resume.length == 0 ? null : RowKey.of(resume));
    }
}
