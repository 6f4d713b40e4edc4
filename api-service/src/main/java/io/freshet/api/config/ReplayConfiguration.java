package io.freshet.api.config;

import io.freshet.api.deadletter.DeadLetterEndpoints;
import io.freshet.api.deadletter.DeadLetterTopic;
import io.freshet.api.http.RequestBody;
import io.freshet.api.namespace.Catalog;
import io.freshet.api.replay.ReplayEndpoints;
import io.freshet.api.settings.ApiSettings;
import io.freshet.api.settings.NodeSettings;
import io.freshet.engine.log.KafkaInbox;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.LogHistory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishing again: invalidations out of the log, and dead letters. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    /** Beside that of the engine, so that a replay does not wait in front of anybody. */
    @Bean
    KafkaInbox replayInbox(KafkaOptions kafka) {
        return new KafkaInbox(kafka);
    }

    @Bean
    ReplayEndpoints replayEndpoints(
            Catalog catalog,
            LogHistory history,
            KafkaInbox inbox,
            ApiSettings api,
            NodeSettings node) {
        return new ReplayEndpoints(
                catalog, history, inbox, new RequestBody(api.maxBodySize()), node.id());
    }

    @Bean
    DeadLetterEndpoints deadLetterEndpoints(KafkaOptions kafka, KafkaInbox inbox, ApiSettings api) {
        return new DeadLetterEndpoints(
                new DeadLetterTopic(kafka.bootstrapServers(), kafka.topics().deadLetters()),
                kafka.topics().invalidations().codec(),
                inbox,
                new RequestBody(api.maxBodySize()));
    }
}
