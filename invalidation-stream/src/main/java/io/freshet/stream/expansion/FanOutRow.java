package io.freshet.stream.expansion;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.FanOutProgress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What of a fan-out survives a restart.
 *
 * @param progress as it was told, or would have been
 * @param lasting what has been evicted for good
 * @param forgotten the last row that is forgotten, or null for none
 */
record FanOutRow(FanOutProgress progress, Reach lasting, @Nullable RowKey forgotten) {

    private static final byte FORMAT = 3;

    /** Of fan-outs that forgot each part before they evicted the next. */
    private static final byte FORGETTING_ALONG = 2;

    byte[] encode() {
        byte[] json = Codecs.FAN_OUT.encode(progress);
        byte[] last = bytes(lasting.last());
        byte[] resume = bytes(forgotten);
        return ByteBuffer.allocate(2 + 2 * Short.BYTES + last.length + resume.length + json.length)
                .put(FORMAT)
                .put((byte) (lasting.all() ? 1 : 0))
                .putShort((short) last.length)
                .put(last)
                .putShort((short) resume.length)
                .put(resume)
                .put(json)
                .array();
    }

    static FanOutRow decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        return switch (format) {
            case FORGETTING_ALONG -> {
                RowKey forgotten = row(in);
                FanOutProgress progress = progress(in);
                yield new FanOutRow(
                        progress, new Reach(forgotten, false, progress.keys()), forgotten);
            }
            case FORMAT -> {
                boolean all = in.get() == 1;
                RowKey last = row(in);
                RowKey forgotten = row(in);
                FanOutProgress progress = progress(in);
                yield new FanOutRow(progress, new Reach(last, all, progress.keys()), forgotten);
            }
            default -> throw new IllegalStateException("fan-out row of unknown format " + format);
        };
    }

    private static FanOutProgress progress(ByteBuffer in) {
        var json = new byte[in.remaining()];
        in.get(json);
        return Codecs.FAN_OUT.decode(json);
    }

    private static byte[] bytes(@Nullable RowKey row) {
        return row == null ? new byte[0] : row.bytes();
    }

    private static @Nullable RowKey row(ByteBuffer in) {
        var bytes = new byte[in.getShort()];
        in.get(bytes);
        return bytes.length == 0 ? null : RowKey.of(bytes);
    }
}
