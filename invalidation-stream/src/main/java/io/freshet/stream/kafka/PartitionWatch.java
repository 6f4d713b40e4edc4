package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices, by a thread of its own, that a topic got another number of partitions while this process
 * runs. It works on with those that it knows, but nothing that starts now would.
 */
public final class PartitionWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PartitionWatch.class);

    private final Map<String, TopicSpec<?>> topics;
    private final Duration interval;
    private final Observer observer;
    private final Admin admin;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** Is told of a topic, each time that it is looked at. Called on the watch's thread. */
    @FunctionalInterface
    public interface Observer {

        void partitionsChanged(String topic, int configured, int found);
    }

    private PartitionWatch(
            String bootstrapServers,
            Collection<TopicSpec<?>> topics,
            Duration interval,
            Observer observer) {
        this.topics =
                topics.stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
        this.interval = interval;
        this.observer = observer;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.thread = Thread.ofPlatform().daemon().name("partition-watch").unstarted(this::run);
    }

    /** Begins to look. */
    public static PartitionWatch start(
            String bootstrapServers,
            Collection<TopicSpec<?>> topics,
            Duration interval,
            Observer observer) {
        var watch = new PartitionWatch(bootstrapServers, topics, interval, observer);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            for (TopicDescription found :
                    admin.describeTopics(topics.keySet()).allTopicNames().get().values()) {
                int configured = requireNonNull(topics.get(found.name())).partitions();
                if (found.partitions().size() != configured) {
                    observer.partitionsChanged(found.name(), configured, found.partitions().size());
                }
            }
        } catch (ExecutionException e) {
            log.atDebug().setCause(e).log("the topics cannot be described now");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        admin.close(Duration.ZERO);
    }
}
