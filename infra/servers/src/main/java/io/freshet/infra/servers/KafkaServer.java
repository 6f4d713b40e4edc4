package io.freshet.infra.servers;

/** A running single-node Kafka, broker and KRaft controller in one. */
public interface KafkaServer extends RunningServer {

    /** What clients put into {@code bootstrap.servers}: one host:port. */
    String bootstrapServers();
}
