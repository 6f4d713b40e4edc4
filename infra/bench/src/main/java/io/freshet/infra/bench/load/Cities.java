package io.freshet.infra.bench.load;

import io.freshet.infra.bench.Instance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The demo's table, whose rows benchmarks change. */
public final class Cities {

    public static final String TABLE = "public.cities";

    private Cities() {}

    /** The keys of all rows, in their order. */
    public static List<Integer> keys(Instance instance) throws SQLException {
        List<Integer> keys = new ArrayList<>();
        try (Connection connection = instance.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id FROM " + TABLE + " ORDER BY id")) {
            while (rows.next()) {
                keys.add(rows.getInt(1));
            }
        }
        return List.copyOf(keys);
    }
}
