package io.freshet.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * The table that is cached, as an application would use it: plain SQL that knows nothing of caches.
 * Not thread-safe.
 */
final class Cities implements AutoCloseable {

    /** The namespace whose source is this table. */
    static final String NAMESPACE = "cities";

    private static final AtomicInteger TAKEN = new AtomicInteger();

    private final Connection connection;

    Cities(LocalSystem system) throws SQLException {
        connection = system.database();
    }

    /** Cities that no other test uses. */
    List<City> take(int count) throws SQLException {
        return query(
                "SELECT id, name, country_code FROM public.cities ORDER BY id OFFSET ? LIMIT ?",
                TAKEN.getAndAdd(count),
                count);
    }

    /** Cities of a country, however many there are up to a limit. */
    List<City> of(String country, int limit) throws SQLException {
        return query(
                "SELECT id, name, country_code FROM public.cities WHERE country_code = ? ORDER BY"
                        + " id LIMIT ?",
                country,
                limit);
    }

    City take() throws SQLException {
        return take(1).getFirst();
    }

    /** Commits a new name. */
    void rename(City city, String name) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.cities SET name = ? WHERE id = ?")) {
            update.setString(1, name);
            update.setLong(2, city.id());
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("no " + city);
            }
        }
    }

    /** The names that are committed now, by key. */
    Map<String, String> names(List<City> cities) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT id, name FROM public.cities WHERE id = ANY (?)")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint",
                            cities.stream()
                                    .flatMapToLong(city -> LongStream.of(city.id()))
                                    .boxed()
                                    .toArray()));
            Map<String, String> names = new LinkedHashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.put(Long.toString(rows.getLong(1)), rows.getString(2));
                }
            }
            return names;
        }
    }

    private List<City> query(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                List<City> cities = new java.util.ArrayList<>();
                while (rows.next()) {
                    cities.add(new City(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
                return cities;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /**
     * A row.
     *
     * @param name when it was read
     */
    record City(long id, String name, String country) {

        /** Its key in the cache. */
        String key() {
            return Long.toString(id);
        }
    }
}
