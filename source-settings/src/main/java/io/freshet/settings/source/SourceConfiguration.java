package io.freshet.settings.source;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The settings, for whoever has this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties({
    PostgresSettings.class,
    StandbySettings.class,
    HttpSourceSettings.class
})
public class SourceConfiguration {}
