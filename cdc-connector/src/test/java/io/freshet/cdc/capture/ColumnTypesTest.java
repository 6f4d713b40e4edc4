package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A value in a template reads as {@code column::text}. */
class ColumnTypesTest {

    static final List<String> TYPES =
            List.of(
                    "boolean",
                    "smallint",
                    "integer",
                    "bigint",
                    "numeric",
                    "numeric(12,3)",
                    "text",
                    "varchar(20)",
                    "char(8)",
                    "uuid",
                    "mood",
                    "date",
                    "timestamp",
                    "timestamp(0)",
                    "timestamptz",
                    "positive");

    static final List<List<String>> ROWS =
            List.of(
                    row(
                            "true",
                            "-32768",
                            "-1",
                            "9223372036854775807",
                            "0.0000001",
                            "1.5",
                            "'two words'",
                            "'é漢😀'",
                            "'ab'",
                            "'0B7E3C1C-6A0E-4F6B-9E39-5F5B3F3E0001'",
                            "'so so'",
                            "'2024-02-29'",
                            "'2024-02-29 01:02:03.4'",
                            "'2024-02-29 01:02:03.4'",
                            "'2024-02-29 01:02:03.000001+05:30'",
                            "7"),
                    row(
                            "false",
                            "0",
                            "2147483647",
                            "-9223372036854775808",
                            "123456789012345678901234567890.10",
                            "-0.001",
                            "' leading'",
                            "''''",
                            "' x '",
                            "'00000000-0000-0000-0000-000000000000'",
                            "'happy'",
                            "'0044-03-15 BC'",
                            "'0044-03-15 23:59:59.999999 BC'",
                            "'1969-12-31 23:59:59'",
                            "'0001-01-01 00:00:00+00'",
                            "1"),
                    row(
                            "true",
                            "1",
                            "1",
                            "1",
                            "'NaN'",
                            "0",
                            "'x'",
                            "'x'",
                            "'x'",
                            "'00000000-0000-0000-0000-000000000001'",
                            "'happy'",
                            "'infinity'",
                            "'infinity'",
                            "'-infinity'",
                            "'infinity'",
                            "1"),
                    row(
                            "true",
                            "1",
                            "1",
                            "1",
                            "'-Infinity'",
                            "0",
                            "'x'",
                            "'x'",
                            "'x'",
                            "'00000000-0000-0000-0000-000000000002'",
                            "'happy'",
                            "'-infinity'",
                            "'12345-01-01 00:00:00'",
                            "'2000-01-01'",
                            "'-infinity'",
                            "1"));

    private static CaptureRig rig;

    @BeforeAll
    static void startCapture() throws SQLException {
        rig = new CaptureRig();
        var columns = new ArrayList<String>();
        var keys = new ArrayList<String>();
        for (int i = 0; i < TYPES.size(); i++) {
            columns.add("c%d %s".formatted(i, TYPES.get(i)));
            keys.add("'%d:{c%d}'".formatted(i, i));
        }
        rig.sql(
                "CREATE TYPE mood AS ENUM ('happy', 'so so')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)",
                "CREATE TABLE typed (id serial PRIMARY KEY, extra jsonb, %s)"
                        .formatted(String.join(", ", columns)),
                "ALTER TABLE typed REPLICA IDENTITY FULL");
        rig.startAndForgetBarriers(
                "- {name: typed, table: public.typed, namespace: typed, columns: [extra], keys: [%s]}"
                        .formatted(String.join(", ", keys)));
    }

    @AfterAll
    static void stopCapture() throws SQLException {
        rig.close();
    }

    @Test
    void shouldWriteEveryTypeAsPostgresDoes() throws SQLException {
        for (List<String> row : ROWS) {
            rig.inbox.forget();
            rig.sql(
                    "INSERT INTO typed VALUES (DEFAULT, '{}', %s)"
                            .formatted(String.join(", ", row)));

            assertThat(rig.targetsAfterAllDelivered())
                    .extracting(target -> ((Target.OfKey) target).key().value())
                    .containsExactlyInAnyOrderElementsOf(asPostgresWritesIt());
        }
    }

    @Test
    void shouldCompareColumnsOfTypesWithoutAStableText() throws SQLException {
        rig.sql("INSERT INTO typed (extra, c0) VALUES ('{\"a\": 1}', true)");
        rig.awaitAllDelivered();
        rig.inbox.forget();

        rig.sql("UPDATE typed SET c0 = false, extra = '{\"a\":1}' WHERE extra = '{\"a\":1}'");
        assertThat(rig.targetsAfterAllDelivered()).isEmpty();

        rig.sql("UPDATE typed SET extra = '{\"a\": 2}' WHERE extra = '{\"a\":1}'");
        assertThat(rig.targetsAfterAllDelivered())
                .containsExactly(CaptureRig.key("typed", "0:false"));
    }

    private static List<String> asPostgresWritesIt() throws SQLException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < TYPES.size(); i++) {
            texts.add(
                    i
                            + ":"
                            + rig.text(
                                    "SELECT c%d::text FROM typed ORDER BY id DESC LIMIT 1"
                                            .formatted(i)));
        }
        return texts;
    }

    private static List<String> row(String... values) {
        return List.of(values);
    }
}
