package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceDatabaseTest {

    @Test
    void shouldTakeAUrlApart() {
        var database =
                new SourceDatabase(
                        "jdbc:postgresql://db.example:6432/app?sslmode=require&x=a%20b", "u", "p");

        assertThat(database.host()).isEqualTo("db.example");
        assertThat(database.port()).isEqualTo(6432);
        assertThat(database.name()).isEqualTo("app");
        assertThat(database.parameters()).isEqualTo(Map.of("sslmode", "require", "x", "a b"));
        assertThat(database).hasToString("db.example:6432/app");
    }

    @Test
    void shouldKnowTheDefaultPort() {
        assertThat(new SourceDatabase("jdbc:postgresql://h/app", "u", "p").port()).isEqualTo(5432);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://h/app",
                "jdbc:mysql://h/app",
                "jdbc:postgresql://h",
                "jdbc:postgresql://h/",
                "jdbc:postgresql://a,b/app",
                "jdbc:postgresql:app"
            })
    void shouldRefuseAnythingElse(String url) {
        assertThatThrownBy(() -> new SourceDatabase(url, "u", "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://host:port/database");
    }
}
