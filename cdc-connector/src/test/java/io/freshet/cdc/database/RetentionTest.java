package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final long GIGABYTE = 1L << 30;

    @Test
    void shouldSayHowToBoundWhatIsNotBounded() {
        assertThat(new Retention(0, -1).warning(0.5))
                .contains("ALTER SYSTEM SET max_slot_wal_keep_size");
    }

    @Test
    void shouldWarnAboveTheShareOnly() {
        assertThat(new Retention(GIGABYTE / 2, GIGABYTE).warning(0.5)).isEmpty();
        assertThat(new Retention(GIGABYTE * 3 / 4, GIGABYTE).warning(0.5))
                .contains("keeps 768 MB", "gives the slot up at 1024 MB");
    }
}
