package io.freshet.infra.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The question whether a Kafka serves clients. */
final class KafkaPing {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final short API_VERSIONS = 18;

    private KafkaPing() {}

    /** False while it refuses connections, and while no broker of it has joined. */
    static boolean answered(String host, int port) {
        // Kafka's client would complain of each refused connection.
        return speaksKafka(host, port) && hasABroker(host + ":" + port);
    }

    private static boolean speaksKafka(String host, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream request = new DataOutputStream(socket.getOutputStream());
            request.writeInt(10);
            request.writeShort(API_VERSIONS);
            request.writeShort(0);
            request.writeInt(1);
            request.writeShort(-1);
            request.flush();
            return new DataInputStream(socket.getInputStream()).readInt() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean hasABroker(String address) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        address,
                        "request.timeout.ms",
                        TIMEOUT_MILLIS,
                        "default.api.timeout.ms",
                        TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
