package io.freshet.api.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The copies in this node's memory: {@code freshet.near.*}.
 *
 * @param maxBytes what the copies in a node's memory may take together; 0 keeps none
 */
@ConfigurationProperties("freshet.near")
public record NearSettings(@DefaultValue("64MB") DataSize maxBytes) {

    public NearSettings {
        if (maxBytes.isNegative()) {
            throw new IllegalArgumentException("freshet.near.max-bytes must not be negative");
        }
    }
}
