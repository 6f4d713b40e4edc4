package io.freshet.contracts.topic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and refuses those whose partition count is not the configured
 * one. Safe to run from every service at once.
 */
public final class TopicSetup {

    private static final int DESCRIBE_ATTEMPTS = 100;
    private static final Duration DESCRIBE_PAUSE = Duration.ofMillis(50);

    private final Admin admin;

    public TopicSetup(Admin admin) {
        this.admin = admin;
    }

    /**
     * Blocks until every topic exists.
     *
     * @throws IllegalStateException with the mend, when one has another number of partitions
     * @throws ExecutionException when the cluster refuses or cannot be reached
     */
    public void ensure(Collection<TopicSpec<?>> topics)
            throws InterruptedException, ExecutionException {
        Map<String, TopicSpec<?>> specs =
                topics.stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
        var created =
                admin.createTopics(specs.values().stream().map(TopicSpec::toNewTopic).toList());
        for (var result : created.values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        Map<String, TopicDescription> found = describe(specs.keySet());
        for (TopicSpec<?> wanted : topics) {
            requireSamePartitions(wanted, requireNonNull(found.get(wanted.name())));
        }
    }

    /** A topic that was created a moment ago may be unknown to the broker that is asked. */
    private Map<String, TopicDescription> describe(Collection<String> names)
            throws InterruptedException, ExecutionException {
        for (int attempt = 1; ; attempt++) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || attempt == DESCRIBE_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(DESCRIBE_PAUSE);
            }
        }
    }

    private static void requireSamePartitions(TopicSpec<?> wanted, TopicDescription found) {
        if (found.partitions().size() != wanted.partitions()) {
            throw new IllegalStateException(
                    ("topic %s has %d partitions but %d are configured: set"
                                    + " freshet.topics.log-partitions to what every topic has, or"
                                    + " take new topics in a new epoch: another"
                                    + " freshet.topics.prefix, a higher freshet.topics.epoch and"
                                    + " another freshet.stream.application-id, in every service")
                            .formatted(
                                    found.name(), found.partitions().size(), wanted.partitions()));
        }
    }
}
