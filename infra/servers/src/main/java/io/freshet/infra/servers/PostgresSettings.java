package io.freshet.infra.servers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server parameters of the PostgreSQL that Freshet starts. */
final class PostgresSettings {
    private static final int FIRST_WITH_OWN_LOCALES = 17;

    private PostgresSettings() {}

    /** What holds wherever PostgreSQL runs: change capture, durability, and the caller's own. */
    static Map<String, String> everywhere(PostgresOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wal_level", "logical");
        settings.put("max_wal_senders", "20");
        settings.put("max_replication_slots", "20");
        settings.put("max_connections", "200");
        settings.put("max_prepared_transactions", "20");
        // PostgreSQL's defaults, stated because everything rests on them; without a synchronous
        // commit, change capture is slower too.
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.putAll(options.settings());
        return settings;
    }

    /**
     * What initdb is told wherever PostgreSQL runs.
     *
     * @param major version; before 17 it had no locales of its own
     */
    static List<String> initdb(String major) {
        List<String> words =
                new ArrayList<>(List.of("--data-checksums", "--encoding=UTF8", "--locale=C"));
        if (Integer.parseInt(major) >= FIRST_WITH_OWN_LOCALES) {
            words.add("--locale-provider=builtin");
            words.add("--builtin-locale=C.UTF-8");
        }
        return words;
    }

    /** Parameters as a configuration file states them. */
    static List<String> lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(e -> e.getKey() + " = '" + e.getValue().replace("'", "''") + "'")
                .toList();
    }

    /** Those, and what holds for a process of this machine. */
    static Map<String, String> of(PostgresOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.putAll(everywhere(options));
        return settings;
    }
}
