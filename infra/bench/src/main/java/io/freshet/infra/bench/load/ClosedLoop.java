package io.freshet.infra.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Connections that each ask, await the answer, and ask again. One thread serves them all, so that
 * the load takes little of the processors that it shares with what it measures.
 *
 * @param requests the bytes of a request, by its number
 * @param answers a reader for each connection
 */
public record ClosedLoop(
        InetSocketAddress server, LongFunction<byte[]> requests, Supplier<AnswerReader> answers) {

    private static final int BUFFER_BYTES = 1 << 17;
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;
    private static final int GLANCE_MILLIS = 100;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /**
     * What was seen.
     *
     * @param latencies in microseconds
     * @param refused answers that were not what was asked for
     * @param lost connections that ended
     */
    public record Seen(Histogram latencies, long refused, long lost, double seconds) {

        public double perSecond() {
            return latencies.getTotalCount() / seconds;
        }

        public double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1_000.0;
        }
    }

    private final class Line {
        private final SocketChannel channel;
        private final AnswerReader reader = answers.get();
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long asked;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final class Run {
        private final Selector selector;
        private final Histogram latencies = new Histogram(LONGEST_MICROS, 3);
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private long number;
        private long refused;
        private long lost;

        Run(Selector selector) {
            this.selector = selector;
        }

        void ask(Line line, SelectionKey key) throws IOException {
            line.out = ByteBuffer.wrap(requests.apply(number++));
            line.asked = System.nanoTime();
            send(line, key);
        }

        void send(Line line, SelectionKey key) throws IOException {
            line.channel.write(line.out);
            key.interestOps(
                    line.out.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
        }

        void serve(SelectionKey key, boolean goesOn) {
            var line = (Line) key.attachment();
            try {
                if (key.isWritable()) {
                    send(line, key);
                }
                if (key.isReadable() && read(line)) {
                    note(line);
                    if (goesOn) {
                        ask(line, key);
                    } else {
                        key.cancel();
                    }
                }
            } catch (IOException _) {
                lost++;
                key.cancel();
            }
        }

        private boolean read(Line line) throws IOException {
            in.clear();
            if (line.channel.read(in) < 0) {
                throw new EOFException();
            }
            in.flip();
            return line.reader.take(in);
        }

        private void note(Line line) {
            long micros = (System.nanoTime() - line.asked) / 1_000;
            latencies.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
            if (!line.reader.isGood()) {
                refused++;
            }
        }
    }

    /** Asks for a while, over so many connections at one time. */
    public Seen during(Duration duration, int connections) throws IOException {
        return run(connections, System.nanoTime() + duration.toNanos(), Long.MAX_VALUE);
    }

    /** Asks so many times. */
    public Seen times(long count, int connections) throws IOException {
        return run(connections, Long.MAX_VALUE, count);
    }

    private Seen run(int connections, long end, long count) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            var run = new Run(selector);
            for (int i = 0; i < connections; i++) {
                lines.add(open());
            }
            long start = System.nanoTime();
            for (Line line : lines) {
                SelectionKey key = line.channel.register(selector, SelectionKey.OP_READ, line);
                run.ask(line, key);
            }
            loop(run, end, count);
            return new Seen(
                    run.latencies, run.refused, run.lost, (System.nanoTime() - start) / 1e9);
        } finally {
            for (Line line : lines) {
                line.channel.close();
            }
        }
    }

    private static void loop(Run run, long end, long count) throws IOException {
        long answered = System.nanoTime();
        while (!run.selector.keys().isEmpty()) {
            boolean goesOn = System.nanoTime() < end;
            int ready =
                    run.selector.select(
                            key -> run.serve(key, goesOn && run.number < count), GLANCE_MILLIS);
            long now = System.nanoTime();
            if (ready > 0) {
                answered = now;
            } else if (now - answered > SILENCE.toNanos()) {
                run.lost += run.selector.keys().size();
                return;
            }
        }
    }

    private Line open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        channel.configureBlocking(false);
        return new Line(channel);
    }
}
