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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Connections that each ask, await the answer, and ask again: at once, or when the next request is
 * due. One thread serves them all, so that the load takes little of the processors that it shares
 * with what it measures.
 *
 * @param requests the bytes of a request, by its number
 * @param answers a reader for each connection
 */
public record Load(
        InetSocketAddress server, LongFunction<byte[]> requests, Supplier<AnswerReader> answers) {

    private static final int BUFFER_BYTES = 1 << 17;
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;
    private static final int GLANCE_MILLIS = 100;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /**
     * What was seen.
     *
     * @param latencies in microseconds, from asking on; or from when the request was due, if no
     *     connection was free then
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

    /**
     * When requests are due.
     *
     * @param nanosApart 0 when each is due as soon as a connection is free
     */
    private record Schedule(long start, double nanosApart, long end, long count) {

        boolean isOver(long number, long now) {
            return number >= count || now >= end;
        }

        long due(long number, long now) {
            return nanosApart == 0 ? now : start + (long) (number * nanosApart);
        }
    }

    private final class Run {
        private final Selector selector;
        private final Schedule schedule;
        private final Histogram latencies = new Histogram(LONGEST_MICROS, 3);
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final Deque<SelectionKey> free = new ArrayDeque<>();
        private long number;
        private long refused;
        private long lost;

        Run(Selector selector, Schedule schedule) {
            this.selector = selector;
            this.schedule = schedule;
        }

        /** The next request, if it is due already; else the connection is free for it. */
        void next(SelectionKey key) throws IOException {
            long now = System.nanoTime();
            if (schedule.isOver(number, now)) {
                key.cancel();
            } else if (schedule.due(number, now) <= now) {
                ask(key, schedule.due(number, now));
            } else {
                free.add(key);
            }
        }

        /** Asks what has become due while connections were free. */
        void askWhatIsDue() throws IOException {
            long now = System.nanoTime();
            while (!free.isEmpty() && schedule.isOver(number, now)) {
                free.remove().cancel();
            }
            while (!free.isEmpty() && schedule.due(number, now) <= now) {
                ask(free.remove(), now);
            }
        }

        long millisUntilDue() {
            long now = System.nanoTime();
            long millis = TimeUnit.NANOSECONDS.toMillis(schedule.due(number, now) - now);
            return free.isEmpty() ? GLANCE_MILLIS : Math.clamp(millis, 1, GLANCE_MILLIS);
        }

        private void ask(SelectionKey key, long since) throws IOException {
            var line = (Line) key.attachment();
            line.out = ByteBuffer.wrap(requests.apply(number++));
            line.asked = since;
            send(line, key);
        }

        void send(Line line, SelectionKey key) throws IOException {
            line.channel.write(line.out);
            key.interestOps(
                    line.out.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
        }

        void serve(SelectionKey key) {
            var line = (Line) key.attachment();
            try {
                if (key.isWritable()) {
                    send(line, key);
                }
                if (key.isReadable() && read(line)) {
                    note(line);
                    next(key);
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
        return during(duration, connections, 0);
    }

    /** Asks so often in a second, for a while, over at most so many connections at one time. */
    public Seen during(Duration duration, int connections, int perSecond) throws IOException {
        long start = System.nanoTime();
        double apart = perSecond == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
        return run(
                connections,
                new Schedule(start, apart, start + duration.toNanos(), Long.MAX_VALUE));
    }

    /** Asks so many times. */
    public Seen times(long count, int connections) throws IOException {
        return run(connections, new Schedule(System.nanoTime(), 0, Long.MAX_VALUE, count));
    }

    private Seen run(int connections, Schedule schedule) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            var run = new Run(selector, schedule);
            for (int i = 0; i < connections; i++) {
                lines.add(open());
            }
            for (Line line : lines) {
                run.next(line.channel.register(selector, SelectionKey.OP_READ, line));
            }
            loop(run);
            return new Seen(
                    run.latencies,
                    run.refused,
                    run.lost,
                    (System.nanoTime() - schedule.start()) / 1e9);
        } finally {
            for (Line line : lines) {
                line.channel.close();
            }
        }
    }

    private static void loop(Run run) throws IOException {
        long answered = System.nanoTime();
        while (!run.selector.keys().isEmpty()) {
            int ready = run.selector.select(run::serve, run.millisUntilDue());
            run.askWhatIsDue();
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
