package io.freshet.warmer;

import io.freshet.warmer.settings.KafkaSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The process. */
@SpringBootApplication
@ConfigurationPropertiesScan(basePackageClasses = KafkaSettings.class)
public class WarmerApplication {

    public static void main(String[] args) {
        SpringApplication.run(WarmerApplication.class, args);
    }
}
