package io.freshet.cdc.capture;

import static io.freshet.cdc.capture.CaptureRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** D3: an update that leaves a row as it was makes nothing wrong; whatever it changes does. */
class UnchangedRowTest {

    private static final String RULES =
            """
            - {name: rows, table: public.things, namespace: things, keys: ['{id}']}
            - {name: short, table: public.keyed, namespace: keyed, keys: ['{id}']}
            """;

    @Test
    void shouldInvalidateNothingByAnUpdateThatChangesNothing() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql(
                    "CREATE TYPE pair AS (a int, b int)",
                    """
                    CREATE TABLE things (id int PRIMARY KEY, note text, pair pair, span interval,
                        ranges int4multirange, at timetz, big text, twice int
                        GENERATED ALWAYS AS (id * 2) STORED)
                    """,
                    "ALTER TABLE things REPLICA IDENTITY FULL",
                    "ALTER TABLE things ALTER big SET STORAGE EXTERNAL",
                    "CREATE TABLE keyed (id int PRIMARY KEY, note text)",
                    """
                    INSERT INTO things SELECT i, 'a', ROW(1, 2)::pair, '1 day', '{[1,2)}', NULL,
                        repeat('x', 10000) FROM generate_series(1, 8) i
                    """,
                    "INSERT INTO keyed VALUES (1, 'a')",
                    "UPDATE things SET at = '12:00+02' WHERE id = 8");
            rig.startAndForgetBarriers(RULES);

            rig.sql(
                    "UPDATE things SET note = 'a', pair = ROW(1, 2)::pair WHERE id = 1",
                    "UPDATE things SET note = 'b' WHERE id = 2",
                    "UPDATE things SET note = NULL WHERE id = 3",
                    "UPDATE things SET pair = ROW(1, 3)::pair WHERE id = 4",
                    "UPDATE things SET span = '24 hours' WHERE id = 5",
                    "UPDATE things SET ranges = '{[1,3)}' WHERE id = 6",
                    "UPDATE things SET big = big || 'x' WHERE id = 7",
                    "UPDATE things SET at = '10:00+00' WHERE id = 8",
                    "UPDATE keyed SET note = 'a'");

            assertThat(rig.targetsAfterAllDelivered())
                    .containsExactlyInAnyOrder(
                            key("things", "2"),
                            key("things", "3"),
                            key("things", "4"),
                            key("things", "5"),
                            key("things", "6"),
                            key("things", "7"),
                            key("things", "8"),
                            key("keyed", "1"));
        }
    }

    @Test
    void shouldSeeAColumnThatIsAddedMeanwhile() throws Exception {
        try (var rig = new CaptureRig()) {
            rig.sql(
                    "CREATE TYPE pair AS (a int, b int)",
                    "CREATE TABLE things (id int PRIMARY KEY)",
                    "CREATE TABLE keyed (id int PRIMARY KEY)",
                    "ALTER TABLE things REPLICA IDENTITY FULL",
                    "INSERT INTO things VALUES (1)");
            rig.startAndForgetBarriers(RULES);

            rig.sql("ALTER TABLE things ADD pair pair", "UPDATE things SET pair = ROW(1, 2)::pair");

            assertThat(rig.targetsAfterAllDelivered()).containsExactly(key("things", "1"));
        }
    }
}
