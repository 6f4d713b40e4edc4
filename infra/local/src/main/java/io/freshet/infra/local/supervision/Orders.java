package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The way from the command line to the supervisor: a directory with a file per order and a file per
 * answer.
 *
 * <p>Files and not a socket: they work at any path length and on every system, and the supervisor
 * looks in anyway when it looks after its parts.
 */
public final class Orders {
    /** The first word of the answer to an order that was carried out. */
    public static final String OK = "ok";

    private static final String ORDER = ".order";
    private static final String ANSWER = ".answer";

    private final Path directory;

    public Orders(Path directory) {
        this.directory = directory;
    }

    /** An order that waits for its answer. */
    record Pending(String id, Order order) {}

    /** Gives an order and returns its id, by which its answer is found. */
    public String give(Order order) throws IOException {
        String id = UUID.randomUUID().toString();
        TextFile.replace(directory.resolve(id + ORDER), order.text() + "\n");
        return id;
    }

    /** The answer's text, once it is there. */
    public Optional<String> takeAnswer(String id) throws IOException {
        Path file = directory.resolve(id + ANSWER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file).strip();
        Files.delete(file);
        return Optional.of(text);
    }

    /** Waits for an order's answer; nothing if it does not come in time. */
    public Optional<String> awaitAnswer(String id, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<String> answer = takeAnswer(id);
            if (answer.isPresent() || System.nanoTime() > end) {
                return answer;
            }
            Thread.sleep(50);
        }
    }

    /**
     * Takes the orders that have come in since the last call; one that nobody understands is
     * answered and dropped.
     */
    List<Pending> take() throws IOException {
        List<Path> files;
        try (var all = Files.list(directory)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(ORDER)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<Pending> orders = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - ORDER.length());
            Optional<Order> order = Order.parse(Files.readString(file));
            Files.delete(file);
            if (order.isPresent()) {
                orders.add(new Pending(id, order.get()));
            } else {
                answer(id, "not understood");
            }
        }
        return orders;
    }

    void answer(String id, String text) throws IOException {
        TextFile.replace(directory.resolve(id + ANSWER), text + "\n");
    }

    /** Forgets what an earlier instance left. */
    void clear() throws IOException {
        try (var all = Files.list(directory)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
    }
}
