package io.freshet.engine.redis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server says of itself.
 *
 * @param identity of its process and of the history of writes that it continues
 * @param maxmemoryPolicy empty when it does not say
 * @param usedMemory bytes
 * @param maxMemory bytes; 0 when there is no bound
 * @param replicaLags for each replica, the bytes of the log of writes that it has not acknowledged
 */
record ServerFacts(
        String version,
        String identity,
        Optional<String> maxmemoryPolicy,
        long usedMemory,
        long maxMemory,
        List<Long> replicaLags) {

    private static final String NOEVICTION = "noeviction";
    private static final Pattern REPLICA =
            Pattern.compile("^slave\\d+:.*\\boffset=(\\d+)", Pattern.MULTILINE);

    /** Reads the answer of {@code INFO}. */
    static ServerFacts parse(String info) {
        return new ServerFacts(
                field(info, "redis_version").orElse("unknown"),
                field(info, "run_id").orElse("") + "/" + field(info, "master_replid").orElse(""),
                field(info, "maxmemory_policy"),
                number(info, "used_memory"),
                number(info, "maxmemory"),
                replicaLags(info));
    }

    /** Whether it may remove entries by itself, which hides evictions from the platform. */
    boolean mayEvict() {
        return maxmemoryPolicy.isPresent() && !maxmemoryPolicy.get().equals(NOEVICTION);
    }

    private static List<Long> replicaLags(String info) {
        long written = number(info, "master_repl_offset");
        return REPLICA.matcher(info)
                .results()
                .map(found -> Math.max(0, written - Long.parseLong(found.group(1))))
                .toList();
    }

    private static long number(String info, String name) {
        return field(info, name).map(Long::parseLong).orElse(0L);
    }

    private static Optional<String> field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
