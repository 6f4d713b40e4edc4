package io.freshet.engine.namespace;

import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace may say, in YAML and in JSON; {@code docs/namespaces.md} describes it.
 *
 * <p>Strict: what it does not know it refuses, with a message that names the place, the field and
 * the mend.
 */
final class NamespaceFields {

    private NamespaceFields() {}

    /** Reads all but the name, which was read before. */
    static NamespaceConfig read(Namespace name, Fields in) {
        Duration defaultTtl =
                in.parsedOr("default-ttl", NamespaceConfig.DEFAULT_TTL, NamespaceFields::ttl);
        int ttlJitter = in.parsedOr("ttl-jitter", 0, Percent::parse);
        ConsistencyWindow window = readWindow(in);
        Bounds bounds = readBounds(in);
        Refresh refresh = readRefresh(in.object("refresh"));
        WritePolicy writes = in.oneOfOr("write-policy", WritePolicy.CACHE_ASIDE, WritePolicy.class);
        boolean putWithoutToken = in.flagOr("put-without-token", false);
        SourceConfig source = readSource(in.object("source"));
        List<EntryClass> classes = readClasses(in);
        Warming warming = WarmingFields.read(in.object("warm"));
        in.refuseOthers();
        return in.checked(() ->
                new NamespaceConfig(
                        name,
                        defaultTtl,
                        ttlJitter,
                        window,
                        bounds,
                        refresh == null ? Refresh.DEFAULT : refresh,
                        writes,
                        putWithoutToken,
                        source,
                        classes,
                        warming));
    }

    static @Nullable Refresh readRefresh(@Nullable Fields in) {
        if (in == null) {
            return null;
        }
        Refresh otherwise = Refresh.DEFAULT;
        Duration whileRevalidate =
                in.parsedOr(
                        "stale-while-revalidate",
                        otherwise.staleWhileRevalidate(),
                        DurationText::parse);
        Duration ifError =
                in.parsedOr("stale-if-error", otherwise.staleIfError(), DurationText::parse);
        double early = in.parsedOr("early", otherwise.early(), NamespaceFields::beta);
        int ahead = in.parsedOr("ahead", otherwise.ahead(), Percent::parse);
        Duration negative =
                in.parsedOr("negative-ttl", otherwise.negativeTtl(), DurationText::parse);
        Duration lease = in.parsedOr("lease", otherwise.lease(), DurationText::parse);
        in.refuseOthers();
        return in.checked(
                () -> new Refresh(whileRevalidate, ifError, early, ahead, negative, lease));
    }

    static @Nullable SourceConfig readSource(@Nullable Fields in) {
        if (in == null) {
            return null;
        }
        if (in.has("url") && in.has("sql")) {
            throw in.refuse("url", "cannot stand beside sql: keep one of them");
        }
        return in.has("url") ? readHttp(in) : readSql(in);
    }

    static List<EntryClass> readClasses(Fields in) {
        List<EntryClass> classes = new ArrayList<>();
        for (Fields anonymous : in.objectsIfAny("classes")) {
            String name = anonymous.text("name");
            Fields one = anonymous.named("class '" + name + "'");
            KeyPattern keys = one.parsed("keys", KeyPattern::new);
            Duration ttl = one.parsedIfAny("ttl", NamespaceFields::ttl);
            EvictionPolicy policy = one.oneOfIfAny("eviction", EvictionPolicy.class);
            Refresh refresh = readRefresh(one.object("refresh"));
            one.refuseOthers();
            classes.add(one.checked(() -> new EntryClass(name, keys, ttl, policy, refresh)));
        }
        return classes;
    }

    private static ConsistencyWindow readWindow(Fields in) {
        ConsistencyWindow otherwise = ConsistencyWindow.DEFAULT;
        return new ConsistencyWindow(
                in.parsedOr("max-staleness", otherwise.maxStaleness(), NamespaceFields::positive),
                in.oneOfOr("on-stale", otherwise.onStale(), StalePolicy.class));
    }

    private static Bounds readBounds(Fields in) {
        Bounds otherwise = Bounds.DEFAULT;
        long entries = in.numberOr("max-entries", otherwise.maxEntries());
        long bytes = in.parsedOr("max-size", otherwise.maxBytes(), SizeText::parse);
        EvictionPolicy policy = in.oneOfOr("eviction", otherwise.policy(), EvictionPolicy.class);
        long value =
                in.parsedOr("max-value-size", otherwise.maxValueBytes(), NamespaceFields::size);
        return in.checked(() -> new Bounds(entries, bytes, policy, value));
    }

    private static SourceConfig readSql(Fields in) {
        String sql = in.parsed("sql", NamespaceFields::query);
        String database =
                in.parsedOr(
                        "database", SqlSourceConfig.DEFAULT_DATABASE, NamespaceFields::notBlank);
        Duration timeout = timeout(in);
        List<String> tags = tags(in);
        String upsert = in.textIfAny("upsert");
        String delete = in.textIfAny("delete");
        in.refuseOthers();
        return in.checked(() -> new SqlSourceConfig(database, sql, timeout, tags, upsert, delete));
    }

    private static SourceConfig readHttp(Fields in) {
        String url = in.text("url");
        Duration timeout = timeout(in);
        var headers = in.textsByName("headers");
        List<String> tags = tags(in);
        in.refuseOthers();
        return in.checked(() -> new HttpSourceConfig(url, timeout, headers, tags));
    }

    private static Duration timeout(Fields in) {
        return in.parsedOr("timeout", SourceConfig.DEFAULT_TIMEOUT, NamespaceFields::positive);
    }

    private static List<String> tags(Fields in) {
        return in.texts("tags", text -> TagTemplate.parse(text).toString());
    }

    private static Duration ttl(String text) {
        Duration ttl = positive(text);
        if (ttl.toMillisPart() != 0) {
            throw new IllegalArgumentException("must be whole seconds, such as 30s or 1h");
        }
        return ttl;
    }

    private static Duration positive(String text) {
        Duration duration = DurationText.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("must be more than zero");
        }
        return duration;
    }

    private static long size(String text) {
        long size = SizeText.parse(text);
        if (size == 0) {
            throw new IllegalArgumentException("must be more than zero");
        }
        return size;
    }

    private static double beta(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("must be a number such as 1.0, not '" + text + "'");
        }
    }

    private static String query(String sql) {
        if (!sql.contains(":key")) {
            throw new IllegalArgumentException(
                    "must use the parameter :key, such as WHERE id = CAST(:key AS bigint)");
        }
        return sql.strip();
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }
}
