package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OffersTest {

    private static final Quota ONE_ENTRY = new Quota(1, 0);
    private static final Quota HUNDRED_BYTES = new Quota(0, 100);

    @Test
    void shouldOfferWhatIsFreeFirstWhereThereIsMostOfIt() {
        // given
        var survey = List.of(bucket(0, 5, 5, 10), bucket(1, 5, 9, 20), bucket(2, 5, 15, 30));

        // when
        Offers offers = Offers.of(survey, new Quota(29, 0));

        // then
        assertThat(offers.next(ONE_ENTRY))
                .isEqualTo(new Offer(2, new Quota(5, 0), BucketState.NOBODY));
        assertThat(offers.next(ONE_ENTRY))
                .isEqualTo(new Offer(1, new Quota(2, 0), BucketState.NOBODY));
        assertThat(offers.next(ONE_ENTRY)).isNull();
    }

    @Test
    void shouldOfferTheLowestInTheOrderWhenNothingIsFree() {
        // given
        var survey = List.of(bucket(0, 5, 5, 30), bucket(1, 5, 5, 10), bucket(2, 5, 5, 20));

        // when
        Offers offers = Offers.of(survey, new Quota(15, 0));

        // then
        assertThat(offers.next(ONE_ENTRY)).isEqualTo(new Offer(1, new Quota(1, 7), 10));
        assertThat(offers.next(ONE_ENTRY)).isEqualTo(new Offer(2, new Quota(1, 7), 20));
    }

    @Test
    void shouldOfferNobodyWhoMayNotGo() {
        // given
        var survey = List.of(bucket(0, 5, 5, BucketState.NOBODY));

        // when
        Offers offers = Offers.of(survey, new Quota(5, 0));

        // then
        assertThat(offers.next(ONE_ENTRY)).isNull();
    }

    @Test
    void shouldOfferVictimsForBytesThoughEntriesAreFree() {
        // given
        var survey =
                List.of(
                        new BucketState(
                                0,
                                new Quota(1, 1_000),
                                new Quota(10, 1_000),
                                5,
                                300,
                                EvictionCounts.NONE));

        // when
        Offers offers = Offers.of(survey, new Quota(10, 1_000));

        // then
        assertThat(offers.next(HUNDRED_BYTES)).isEqualTo(new Offer(0, new Quota(1, 300), 5));
        assertThat(offers.areOfAFullNamespace()).isTrue();
    }

    @Test
    void shouldNotCallANamespaceFullThatHasRoom() {
        // given
        var survey = List.of(bucket(0, 5, 10, 1), bucket(1, 5, 10, 1));

        // when
        Offers offers = Offers.of(survey, new Quota(20, 0));

        // then
        assertThat(offers.areOfAFullNamespace()).isFalse();
    }

    private static BucketState bucket(int number, long held, long quota, long victim) {
        return new BucketState(
                number, new Quota(held, 0), new Quota(quota, 0), victim, 7, EvictionCounts.NONE);
    }
}
