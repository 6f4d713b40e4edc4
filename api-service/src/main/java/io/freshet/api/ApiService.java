package io.freshet.api;

import io.freshet.api.settings.ApiSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The process. */
@SpringBootApplication
@ConfigurationPropertiesScan(basePackageClasses = ApiSettings.class)
public class ApiService {

    public static void main(String[] args) {
        SpringApplication.run(ApiService.class, args);
    }
}
