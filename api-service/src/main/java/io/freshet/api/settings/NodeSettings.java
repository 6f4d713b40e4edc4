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
 * @param rememberedKeys invalidations of keys that it remembers of each log partition, at about 48
 *     bytes; what it has forgotten it reads anew
 * @param rememberedTags invalidations of tags that it remembers of each log partition
 */
@ConfigurationProperties("freshet.node")
public record NodeSettings(
        @DefaultValue("") String id,
        @DefaultValue("262144") int rememberedKeys,
        @DefaultValue("65536") int rememberedTags) {

    public NodeSettings {
        if (rememberedKeys < 1 || rememberedTags < 1) {
            throw new IllegalArgumentException(
                    "freshet.node.remembered-keys and .remembered-tags must be positive");
        }
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
