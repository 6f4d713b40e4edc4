package io.freshet.engine.log;

import io.freshet.contracts.topic.TopicSetup;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What a node passes before it uses any topic: all of them exist, with the right partitions. */
public final class TopicGate {

    private final KafkaOptions options;

    public TopicGate(KafkaOptions options) {
        this.options = options;
    }

    /**
     * Tries once; blocks for some seconds at most.
     *
     * @throws IllegalStateException with the mend, when a topic has another number of partitions
     * @throws ExecutionException when the cluster cannot be reached or refuses: worth another try
     */
    public void pass() throws InterruptedException, ExecutionException {
        Admin admin = Admin.create(options.admin());
        try {
            new TopicSetup(admin).ensure(options.topics().all());
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
