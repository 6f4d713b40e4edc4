package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.history.Write;
import io.freshet.infra.check.instance.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The checked tables: made, filled at the start, and read as the truth at the end. */
public final class Ground {
    /** What everything is compared with when the load has ended. */
    private static final String TRUTH =
            """
            SELECT i.key, i.version, g.version, s.version, w.version
            FROM public.check_items i JOIN public.check_groups g ON g.name = i.grp
            JOIN public.check_shelves s ON s.name = i.shelf CROSS JOIN public.check_world w\
            """;

    private final Instance instance;

    public Ground(Instance instance) {
        this.instance = instance;
    }

    /** A file of the check's own. */
    public static String resource(String name) throws IOException {
        try (InputStream content =
                Objects.requireNonNull(Ground.class.getResourceAsStream("/check/" + name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Makes the tables that are missing. */
    public void make() throws SQLException, IOException {
        try (Connection connection = instance.database();
                var statement = connection.createStatement()) {
            statement.execute(resource("schema.sql"));
        }
    }

    /**
     * Begins anew: empties the tables and fills them, as one transaction that the history knows.
     *
     * @return the keys that have a row; one in five has none
     */
    public Set<String> fill(AtomicLong versions, History history) throws SQLException {
        var states = new HashMap<Register, State>();
        var present = new HashSet<String>();
        try (Connection connection = instance.database()) {
            connection.setAutoCommit(false);
            try (var truncate = connection.createStatement()) {
                truncate.execute(
                        "TRUNCATE public.check_items, public.check_groups, public.check_shelves,"
                                + " public.check_world");
            }
            fill(connection, "check_groups", Keys.groups(), versions, states);
            fill(connection, "check_shelves", Keys.shelves(), versions, states);
            fill(connection, "check_world", List.of(Keys.WORLD.name()), versions, states);
            for (int number = 0; number < Keys.ITEMS; number++) {
                String key = Keys.item(number);
                if (number % 5 == 4) {
                    states.put(new Register(key), State.ABSENT);
                } else {
                    long version = versions.incrementAndGet();
                    String group = Keys.groups().get(number % Keys.groups().size());
                    Items.insert(connection, key, version, group, 0);
                    states.put(new Register(key), State.version(version));
                    present.add(key);
                }
            }
            Items.call(connection, "invalidate_namespace", Keys.NAMESPACE);
            long begun = System.nanoTime();
            connection.commit();
            long acknowledged = System.nanoTime();
            states.forEach((register, state) ->
                    history.wrote(register, new Write(state, begun, acknowledged)));
            return present;
        }
    }

    private static void fill(
            Connection connection,
            String table,
            List<String> names,
            AtomicLong versions,
            Map<Register, State> states)
            throws SQLException {
        for (String name : names) {
            long version = versions.incrementAndGet();
            Items.run(
                    connection,
                    "INSERT INTO public." + table + " (name, version) VALUES (?, ?)",
                    name,
                    version);
            states.put(new Register(name), State.version(version));
        }
    }

    /** What the database says of each key; a key without a row is not in it. */
    public Map<String, Shown> truth() throws SQLException {
        var truth = new HashMap<String, Shown>();
        try (Connection connection = instance.database();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TRUTH)) {
            while (rows.next()) {
                truth.put(
                        rows.getString(1),
                        new Shown(
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5)));
            }
        }
        return truth;
    }

    /** The versions that a value shows. */
    public record Shown(long item, long group, long shelf, long world) {}
}
