package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.freshet.api.ApiContract;
import io.freshet.api.HttpAnswer;
import io.freshet.api.it.HostileRequests.Hostile;
import io.freshet.api.problem.ProblemCode;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A hundred thousand random and hostile requests: each gets an answer that the API describes, none
 * is an internal error, and nothing is left behind. A failure prints the seed; {@code
 * -Dfreshet.fuzz.seed} takes it.
 */
class FuzzIT {

    private static final int REQUESTS = 100_000;

    /** Many, since some answers wait a second for a position that never comes. */
    private static final int CALLERS = 40;

    /** One answer in so many, since that takes longer than the answer. */
    private static final int HELD_AGAINST_CONTRACT = 5;

    private static final long MEGABYTE = 1 << 20;
    private static final Set<String> CODES =
            Arrays.stream(ProblemCode.values())
                    .filter(code -> code != ProblemCode.INTERNAL)
                    .map(ProblemCode::code)
                    .collect(Collectors.toSet());

    /** What the process holds. */
    private record Held(long heap, long direct, int threads) {

        static Held now() {
            System.gc();
            return new Held(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    @Test
    void shouldAnswerWhateverItIsAsked(@TempDir Path directory) throws Exception {
        // given
        long seed = Long.getLong("freshet.fuzz.seed", ThreadLocalRandom.current().nextLong());
        var leaks = new ListAppender<ILoggingEvent>();
        leaks.start();
        var detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
        detector.addAppender(leaks);
        try (var service = new RunningService(directory, Map.of("freshet.near.max-bytes", "1MB"))) {
            service.awaitReady();

            // when
            List<String> wrong = new ArrayList<>(ask(service, seed, REQUESTS / 2));
            Held before = Held.now();
            wrong.addAll(ask(service, seed + 1, REQUESTS / 2));
            Held after = Held.now();

            // then
            assertThat(wrong).as("seed %d", seed).isEmpty();
            assertThat(leaks.list).as("leaks of buffers").isEmpty();
            assertThat(after.heap - before.heap).as("heap").isLessThan(32 * MEGABYTE);
            assertThat(after.direct - before.direct).as("buffers").isLessThan(16 * MEGABYTE);
            assertThat(after.threads - before.threads).as("threads").isLessThan(16);
            assertThat(service.api.get("/api/v1/cache/health").status()).isEqualTo(200);
        } finally {
            detector.detachAppender(leaks);
        }
    }

    private static List<String> ask(RunningService service, long seed, int requests)
            throws InterruptedException, ExecutionException {
        List<String> wrong = new ArrayList<>();
        var random = new SplittableRandom(seed);
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<List<String>>> calls = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var own =
                        new HostileRequests(
                                random.split(),
                                List.of(service.sessions, service.products, "made-a", "made-b"));
                calls.add(callers.submit(() -> call(service, own, requests / CALLERS)));
            }
            for (Future<List<String>> call : calls) {
                wrong.addAll(call.get());
            }
        }
        return wrong;
    }

    private static List<String> call(RunningService service, HostileRequests requests, int count)
            throws IOException {
        List<String> wrong = new ArrayList<>();
        KeptConnection connection = null;
        for (int i = 0; i < count && wrong.size() < 5; i++) {
            if (connection == null) {
                connection = new KeptConnection(service.port());
            }
            Hostile hostile = requests.next();
            boolean goesOn = true;
            try {
                HttpAnswer answer = connection.ask(hostile.bytes(), hostile.isHead());
                fault(hostile, answer, i % HELD_AGAINST_CONTRACT == 0).ifPresent(wrong::add);
                goesOn = !connection.hasEnded() && !hostile.method().isEmpty();
            } catch (IOException e) {
                // What is no HTTP may be hung up on; everything else has an answer.
                if (!hostile.method().isEmpty()) {
                    wrong.add(e + " to " + text(hostile));
                }
                goesOn = false;
            }
            if (!goesOn) {
                connection.close();
                connection = null;
            }
        }
        if (connection != null) {
            connection.close();
        }
        return wrong;
    }

    private static Optional<String> fault(
            Hostile hostile, HttpAnswer answer, boolean isHeldAgainstTheContract) {
        @Nullable String reason = null;
        if (answer.status() >= 400 && answer.bytes().length > 0) {
            boolean isProblem = answer.header("Content-Type").equals("application/problem+json");
            reason = isProblem && CODES.contains(answer.code()) ? null : "no problem of the API";
        } else if (answer.status() >= 500 && !hostile.isHead()) {
            reason = "an error without a body";
        }
        if (reason == null && isHeldAgainstTheContract) {
            try {
                ApiContract.ofThisBuild().require(hostile.method(), hostile.path(), answer);
            } catch (AssertionError e) {
                reason = e.getMessage();
            }
        }
        return Optional.ofNullable(reason)
                .map(text ->
                        "%s: %d %s to %s"
                                .formatted(text, answer.status(), answer.text(), text(hostile)));
    }

    private static String text(Hostile hostile) {
        return new String(hostile.bytes(), StandardCharsets.ISO_8859_1);
    }
}
