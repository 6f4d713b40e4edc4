package io.freshet.cdc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The deployable. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CdcConnectorApplication {

    public static void main(String[] args) {
        SpringApplication.run(CdcConnectorApplication.class, args);
    }
}
