package io.freshet.stream.expansion;

import static io.freshet.stream.expansion.Scene.everything;
import static io.freshet.stream.expansion.Scene.pattern;
import static io.freshet.stream.expansion.Scene.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import org.junit.jupiter.api.Test;

class ScopesTest {

    private static final Target ELSEWHERE = new Target.OfNamespace(new Namespace("elsewhere"));

    private final Scopes scopes = new Scopes();

    @Test
    void shouldOverlapWithItselfAndItsNamespace() {
        scopes.add(tag("europe"));
        assertThat(scopes.overlap(tag("europe"))).isTrue();
        assertThat(scopes.overlap(everything())).isTrue();
        assertThat(scopes.overlap(tag("asia"))).isFalse();
        assertThat(scopes.overlap(pattern("europe"))).isFalse();
        assertThat(scopes.overlap(ELSEWHERE)).isFalse();
    }

    @Test
    void shouldOverlapWithAllOfItsNamespace() {
        scopes.add(everything());
        assertThat(scopes.overlap(tag("europe"))).isTrue();
        assertThat(scopes.overlap(pattern("*"))).isTrue();
        assertThat(scopes.overlap(ELSEWHERE)).isFalse();
    }
}
