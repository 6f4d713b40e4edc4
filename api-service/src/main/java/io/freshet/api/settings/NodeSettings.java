package io.freshet.api.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This node: {@code freshet.node.*}.
 *
 * @param id what it is called by others; empty for the host's name and something random
 */
@ConfigurationProperties("freshet.node")
public record NodeSettings(@DefaultValue("") String id) {

    public NodeSettings {
        if (id.isBlank()) {
            id = hostName() + "-" + HexFormat.of().toHexDigits(random());
        }
    }

    private static short random() {
        return (short) ThreadLocalRandom.current().nextInt();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "node";
        }
    }
}
