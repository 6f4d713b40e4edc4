package io.freshet.infra.servers;

import java.nio.file.Path;

class KafkaServerTest extends ServerContract<KafkaServer> {

    @Override
    KafkaServer start(Path directory, int port) {
        return provider.startKafka(KafkaOptions.in(directory).port(port).ownProcess(true));
    }

    @Override
    int port(KafkaServer server) {
        return Integer.parseInt(server.bootstrapServers().split(":", 2)[1]);
    }

    @Override
    void write(KafkaServer server, String value) throws Exception {
        new KafkaClient(server.bootstrapServers()).write(value);
    }

    @Override
    String read(KafkaServer server) {
        return new KafkaClient(server.bootstrapServers()).read();
    }
}
