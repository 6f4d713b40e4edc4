package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LostQuotaTest {

    private static final Quota BOUNDS = new Quota(100, 0);

    private final LostQuota lost = new LostQuota();

    @Test
    void shouldFindWhatStaysMissing() {
        // when: four are gone, and others are on their way
        Quota found = last(96, 90, 95, 96, 93, 96);

        // then
        assertThat(found).isEqualTo(new Quota(4, 0));
    }

    @Test
    void shouldFindWhatStaysTooMuch() {
        // when
        Quota found = last(103, 104, 103, 105, 103, 103);

        // then
        assertThat(found).isEqualTo(new Quota(-3, 0));
    }

    @Test
    void shouldLeaveAloneWhatIsOnlyOnItsWay() {
        // when
        Quota found = last(96, 90, 100, 96, 93, 96);

        // then
        assertThat(found).isEqualTo(Quota.NONE);
    }

    @Test
    void shouldBeginAnewWithOtherBounds() {
        // given
        last(96, 96, 96, 96, 96);

        // when
        Quota found = lost.in(survey(96), new Quota(200, 0));

        // then
        assertThat(found).isEqualTo(Quota.NONE);
    }

    private Quota last(long... sums) {
        return LongStream.of(sums)
                .mapToObj(sum -> lost.in(survey(sum), BOUNDS))
                .reduce((_, now) -> now)
                .orElseThrow();
    }

    private static List<BucketState> survey(long sum) {
        return List.of(
                new BucketState(0, Quota.NONE, new Quota(sum - 40, 0), 1, 1, EvictionCounts.NONE),
                new BucketState(1, Quota.NONE, new Quota(40, 0), 1, 1, EvictionCounts.NONE));
    }
}
