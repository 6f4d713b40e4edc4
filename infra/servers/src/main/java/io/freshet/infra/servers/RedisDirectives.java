package io.freshet.infra.servers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The configuration of the Redis that Freshet starts. */
final class RedisDirectives {
    private RedisDirectives() {}

    /** What holds wherever Redis runs: persistence, memory, and the caller's own. */
    static Map<String, String> of(RedisOptions options) {
        Map<String, String> directives = new LinkedHashMap<>();
        directives.put("save", "");
        switch (options.persistence()) {
            case NONE -> directives.put("appendonly", "no");
            case EVERY_SECOND -> {
                directives.put("appendonly", "yes");
                directives.put("appendfsync", "everysec");
            }
            case ALWAYS -> {
                directives.put("appendonly", "yes");
                directives.put("appendfsync", "always");
            }
        }
        directives.put("maxmemory", Long.toString(options.maxMemoryBytes()));
        directives.put("maxmemory-policy", "noeviction");
        directives.putAll(options.settings());
        return directives;
    }

    /** Those directives as redis-server takes them on its command line. */
    static List<String> arguments(Map<String, String> directives) {
        return directives.entrySet().stream()
                .flatMap(directive -> Stream.of("--" + directive.getKey(), directive.getValue()))
                .toList();
    }
}
