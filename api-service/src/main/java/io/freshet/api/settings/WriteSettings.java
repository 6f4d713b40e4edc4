package io.freshet.api.settings;

import io.freshet.engine.write.WriteOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How writes are brought to sources after they were answered: {@code freshet.writes.*}.
 *
 * @param maxPending what unwritten values may take of memory; beyond that no write is accepted
 * @param attempts how often a write is tried that the source refuses, before it is put aside
 * @param longestPause longest pause between two attempts
 */
@ConfigurationProperties("freshet.writes")
public record WriteSettings(
        @DefaultValue("64MB") DataSize maxPending,
        @DefaultValue("5") int attempts,
        @DefaultValue("10s") Duration longestPause) {

    public WriteOptions options() {
        return new WriteOptions(maxPending.toBytes(), attempts, longestPause);
    }
}
