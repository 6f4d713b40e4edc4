package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * D3: whatever the tables, the rules and the transactions are, what is left in a cache equals what
 * the database answers.
 *
 * <p>More of it: {@code -Dfreshet.random.rounds=100}. How much of it was needless is judged at the
 * end of a round, so what changed and changed back counts too, but not with {@code
 * -Dfreshet.random.transactions=1}.
 */
class RandomChangesTest {

    private static final Logger log = LoggerFactory.getLogger(RandomChangesTest.class);
    private static final int TABLES = 8;
    private static final int ROUNDS = Integer.getInteger("freshet.random.rounds", 8);
    private static final int TRANSACTIONS = Integer.getInteger("freshet.random.transactions", 25);
    private static final int ABSENT = 12;

    /** An entry of a cache: a row under its key, or a list under its tag. */
    private record Entry(String namespace, boolean isList, String name) {}

    private final Map<Entry, Optional<String>> cache = new HashMap<>();
    private final Share byRows = new Share();
    private final Share byTruncation = new Share();

    /** Entries that were invalidated, and those of them that had not changed. */
    private static final class Share {

        private long invalidated;
        private long needless;

        void add(boolean changed) {
            invalidated++;
            needless += changed ? 0 : 1;
        }

        @Override
        public String toString() {
            return "%d, %d %% needless"
                    .formatted(invalidated, 100 * needless / Math.max(1, invalidated));
        }
    }

    @Test
    void shouldLeaveNothingInACacheThatTheDatabaseDoesNotAnswer() throws Exception {
        long seed = Long.getLong("freshet.random.seed", System.nanoTime());
        var random = new Random(seed);
        List<RandomTable> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            tables.add(RandomTable.of(i, random));
        }
        var rules = new StringBuilder();
        tables.forEach(table -> rules.append(table.rules()));
        try (CaptureRig rig = new CaptureRig();
                Connection connection = rig.database.connect()) {
            for (RandomTable table : tables) {
                rig.sql(table.ddl().toArray(String[]::new));
            }
            rig.startAndForgetBarriers(rules.toString());
            var transactions = new RandomTransactions(tables, random);
            for (int round = 0; round < ROUNDS; round++) {
                cache.putAll(answers(connection, tables));
                for (int i = 0; i < TRANSACTIONS; i++) {
                    transactions.next(connection);
                }
                rig.awaitAllDelivered();
                Map<Entry, Optional<String>> fresh = answers(connection, tables);
                List<Event.Invalidation> events = rig.inbox.invalidations();
                rig.inbox.forget();
                events.forEach(event -> drop(event.target(), fresh));

                String where = "seed %d, round %d".formatted(seed, round);
                cache.forEach((entry, value) ->
                        assertThat(value)
                                .as("%s: %s%n%s", where, entry, rules)
                                .isEqualTo(fresh.getOrDefault(entry, Optional.empty())));
            }
        }
        assertThat(byRows.invalidated).isGreaterThan((long) ROUNDS * TRANSACTIONS / 25);
        log.atWarn()
                .addKeyValue("seed", seed)
                .addKeyValue("by-rows", byRows)
                .addKeyValue("by-truncation", byTruncation)
                .log("entries invalidated, and those of them that had not changed");
    }

    private void drop(Target target, Map<Entry, Optional<String>> fresh) {
        Predicate<Entry> hit =
                switch (target) {
                    case Target.OfKey(var namespace, var key) ->
                            entry -> entry.equals(new Entry(namespace.value(), false, key.value()));
                    case Target.OfTag(var namespace, var tag) ->
                            entry ->
                                    entry.equals(
                                            new Entry(
                                                    namespace.value(),
                                                    true,
                                                    tag.value().replace("group:", "")));
                    case Target.OfNamespace(var namespace) ->
                            entry -> entry.namespace().equals(namespace.value());
                    case Target.OfPattern _ -> throw new AssertionError("no rule has patterns");
                    case Target.OfKeys _ -> throw new AssertionError("they come one by one");
                };
        cache.entrySet()
                .removeIf(cached -> {
                    if (!hit.test(cached.getKey())) {
                        return false;
                    }
                    Share share = target instanceof Target.OfNamespace ? byTruncation : byRows;
                    share.add(
                            !cached.getValue()
                                    .equals(fresh.getOrDefault(cached.getKey(), Optional.empty())));
                    return true;
                });
    }

    /** What every entry ought to hold now, some that nobody has made among them. */
    private static Map<Entry, Optional<String>> answers(
            Connection connection, List<RandomTable> tables) throws SQLException {
        var answers = new HashMap<Entry, Optional<String>>();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            for (RandomTable table : tables) {
                for (int i = 0; i < ABSENT; i++) {
                    String name = Integer.toString(i);
                    answers.put(new Entry(table.namespace(), false, name), Optional.empty());
                    answers.put(new Entry(table.namespace(), true, name), Optional.empty());
                }
                read(statement, table.rows(), table.namespace(), false, answers);
                read(statement, table.lists(), table.namespace(), true, answers);
            }
        }
        return answers;
    }

    private static void read(
            Statement statement,
            String query,
            String namespace,
            boolean isList,
            Map<Entry, Optional<String>> into)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                into.put(
                        new Entry(namespace, isList, rows.getString(1)),
                        Optional.of(rows.getString(2)));
            }
        }
    }
}
