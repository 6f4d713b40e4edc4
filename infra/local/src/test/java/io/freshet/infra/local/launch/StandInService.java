package io.freshet.infra.local.launch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A program that looks like a service from outside: it listens where it is told and answers that it
 * is ready.
 */
public final class StandInService {
    /** The environment variable that makes it deaf to a polite stop. */
    static final String STUBBORN = "STAND_IN_STUBBORN";

    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        int port =
                Integer.parseInt(
                        System.getenv()
                                .getOrDefault(
                                        "MANAGEMENT_SERVER_PORT", System.getenv("SERVER_PORT")));
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/actuator/health/readiness",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        System.out.println("stand-in on " + port);
        if (System.getenv(STUBBORN) != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(StandInService::waitForEver));
        }
    }

    private static void waitForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
