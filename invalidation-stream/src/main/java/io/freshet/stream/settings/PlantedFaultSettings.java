package io.freshet.stream.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A mistake made on purpose, for the history checker to find: {@code freshet.stream.planted-fault}.
 * Never for production.
 *
 * @param dropOneIn one invalidation in so many is lost; 0 for none
 * @param delayOneIn one in so many enters the log 10 s late, behind heartbeats; 0 for none
 */
@ConfigurationProperties("freshet.stream.planted-fault")
public record PlantedFaultSettings(
        @DefaultValue("0") int dropOneIn, @DefaultValue("0") int delayOneIn) {

    public PlantedFaultSettings {
        if (dropOneIn < 0 || delayOneIn < 0) {
            throw new IllegalArgumentException(
                    "freshet.stream.planted-fault.drop-one-in and .delay-one-in must be at least"
                            + " 0");
        }
    }

    public boolean isNone() {
        return dropOneIn == 0 && delayOneIn == 0;
    }
}
