package io.freshet.api.config;

import io.freshet.api.namespace.Catalog;
import io.freshet.api.node.Node;
import io.freshet.api.settings.SubscriberSettings;
import io.freshet.api.subscribe.Feed;
import io.freshet.api.subscribe.SubscriberEndpoints;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.log.LogHistory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The feed of invalidations, and the log as it was. */
@Configuration(proxyBeanMethods = false)
class SubscriberConfiguration {

    private static final int WAITING_READERS = 100_000;

    @Bean
    LogHistory logHistory(KafkaOptions kafka) {
        return new LogHistory(kafka);
    }

    @Bean
    Feed feed(KafkaOptions kafka, SubscriberSettings settings, MeterRegistry meters) {
        var feed = new Feed(kafka.epoch(), kafka.logPartitions(), settings.max(), settings.queue());
        Gauge.builder("freshet.subscribers", feed, Feed::size)
                .description("Callers that are told of invalidations as they come in force")
                .register(meters);
        return feed;
    }

    @Bean(destroyMethod = "dispose")
    Disposable heartbeats(Feed feed, SubscriberSettings settings) {
        return Flux.interval(settings.heartbeat()).subscribe(_ -> feed.tick());
    }

    /** Before the web server waits for its last requests, of which these have no end. */
    @Bean
    ApplicationListener<ContextClosedEvent> endOfSubscriptions(Feed feed) {
        return _ -> feed.stop();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler missedEvents(SubscriberSettings settings) {
        return Schedulers.newBoundedElastic(settings.readers(), WAITING_READERS, "missed-events");
    }

    @Bean
    SubscriberEndpoints subscriberEndpoints(
            Node node, Catalog catalog, Feed feed, LogHistory history, Scheduler missedEvents) {
        return new SubscriberEndpoints(node, catalog, feed, history, missedEvents);
    }
}
