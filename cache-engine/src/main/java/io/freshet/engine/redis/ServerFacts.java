package io.freshet.engine.redis;

import java.util.Optional;

/**
 * What a server says of itself.
 *
 * @param identity of its process and of the history of writes that it continues
 * @param maxmemoryPolicy empty when it does not say
 */
record ServerFacts(String version, String identity, Optional<String> maxmemoryPolicy) {

    private static final String NOEVICTION = "noeviction";

    /** Reads the answer of {@code INFO}. */
    static ServerFacts parse(String info) {
        return new ServerFacts(
                field(info, "redis_version").orElse("unknown"),
                field(info, "run_id").orElse("") + "/" + field(info, "master_replid").orElse(""),
                field(info, "maxmemory_policy"));
    }

    /** Whether it may remove entries by itself, which hides evictions from the platform. */
    boolean mayEvict() {
        return maxmemoryPolicy.isPresent() && !maxmemoryPolicy.get().equals(NOEVICTION);
    }

    private static Optional<String> field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
