package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** A topic that takes no records, so that Kafka refuses what a request has to write. */
final class RefusedTopic {

    private static final String LIMIT = "max.message.bytes";

    private RefusedTopic() {}

    static List<Provocation> all() {
        return List.of(
                new Provocation(
                        ProblemCode.KAFKA_UNAVAILABLE,
                        "a warm job that Kafka does not take",
                        "Kafka did not take it",
                        RefusedTopic::warm));
    }

    private static HttpAnswer warm(RunningService service) throws Exception {
        alter(service, new AlterConfigOp(new ConfigEntry(LIMIT, "1"), OpType.SET));
        try {
            return service.api.post(service.path(service.products, "warm"), "{\"top\": 5}");
        } finally {
            alter(service, new AlterConfigOp(new ConfigEntry(LIMIT, ""), OpType.DELETE));
        }
    }

    private static void alter(RunningService service, AlterConfigOp change)
            throws InterruptedException, ExecutionException {
        var topic =
                new ConfigResource(
                        ConfigResource.Type.TOPIC, service.kafka.topics().warmProgress().name());
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                service.kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
        }
    }
}
