package io.freshet.infra.servers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The server parameters of the PostgreSQL that Freshet starts.
 *
 * <p>They go into a file that postgresql.conf includes, not onto the command line, so ALTER SYSTEM
 * still overrides each of them.
 */
final class PostgresSettings {
    static final String FILE = "freshet.conf";

    private PostgresSettings() {}

    static Map<String, String> defaults() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wal_level", "logical");
        settings.put("max_wal_senders", "20");
        settings.put("max_replication_slots", "20");
        settings.put("max_connections", "200");
        // The defaults, stated because everything rests on them; synchronous_commit=off would also
        // make change capture slower.
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        return settings;
    }

    static List<String> lines(PostgresOptions options) {
        Map<String, String> settings = defaults();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.putAll(options.settings());
        return settings.entrySet().stream()
                .map(e -> e.getKey() + " = '" + e.getValue().replace("'", "''") + "'")
                .toList();
    }
}
