package io.freshet.cdc.rule;

import static io.freshet.cdc.rule.Operation.DELETE;
import static io.freshet.cdc.rule.Operation.INSERT;
import static io.freshet.cdc.rule.Operation.TRUNCATE;
import static io.freshet.cdc.rule.Operation.UPDATE;
import static io.freshet.cdc.rule.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D3: conditions of rules. */
class WhenTest {

    private static final TableName TABLE = new TableName("public", "articles");
    private static final RowImage DRAFT = row("id", 1, "status", "draft");
    private static final RowImage PUBLISHED = row("id", 1, "status", "published");

    @Test
    void shouldHoldForAnUpdateIfItHoldsForEitherRow() {
        String when = "status = 'published'";

        assertThat(holds(when, UPDATE, DRAFT, PUBLISHED)).isTrue();
        assertThat(holds(when, UPDATE, PUBLISHED, DRAFT)).isTrue();
        assertThat(holds(when, UPDATE, PUBLISHED, PUBLISHED)).isTrue();
        assertThat(holds(when, UPDATE, DRAFT, DRAFT)).isFalse();
    }

    @Test
    void shouldLookAtTheRowThatThereIs() {
        String when = "status = 'published'";

        assertThat(holds(when, INSERT, null, PUBLISHED)).isTrue();
        assertThat(holds(when, INSERT, null, DRAFT)).isFalse();
        assertThat(holds(when, DELETE, PUBLISHED, null)).isTrue();
        assertThat(holds(when, DELETE, DRAFT, null)).isFalse();
    }

    @Test
    void shouldMatterWhenARowComesIntoItThoughNoColumnThatMattersChanges() {
        Rules rules = rules("keys: ['{id}'], columns: [id], when: \"status = 'published'\"");

        assertThat(rules.matches(change(UPDATE, DRAFT, PUBLISHED))).hasSize(1);
        assertThat(rules.matches(change(UPDATE, PUBLISHED, DRAFT))).hasSize(1);
        assertThat(rules.matches(change(UPDATE, PUBLISHED, PUBLISHED))).isEmpty();
    }

    @Test
    void shouldInvalidateWhatTheRowsStandForThatItHoldsFor() {
        Rules rules = rules("tags: ['{section}'], when: \"status = 'published'\"");
        RowImage draft = row("section", "sport", "status", "draft");
        RowImage published = row("section", "news", "status", "published");

        assertThat(rules.matches(change(UPDATE, draft, published)))
                .extracting(Match::target)
                .containsExactly(new Target.OfTag(new Namespace("n"), new Tag("news")));
        assertThat(rules.matches(change(UPDATE, published, draft)))
                .extracting(Match::target)
                .containsExactly(new Target.OfTag(new Namespace("n"), new Tag("news")));
    }

    @Test
    void shouldNotMatterWhenARowStaysInItAndNothingThatMattersChanges() {
        RowImage one = row("id", 1, "price", "120", "title", "a");
        RowImage other = row("id", 1, "price", "130", "title", "a");
        RowImage cheap = row("id", 1, "price", "20", "title", "a");
        Rules rules = rules("keys: ['{id}'], columns: [title], when: 'price > 100'");

        assertThat(rules.matches(change(UPDATE, one, other))).isEmpty();
        assertThat(rules.matches(change(UPDATE, one, cheap))).hasSize(1);
        assertThat(rules.matches(change(UPDATE, cheap, one))).hasSize(1);
        assertThat(
                        rules("tags: ['{price}'], columns: [title], when: 'price > 100'")
                                .matches(change(UPDATE, one, other)))
                .hasSize(2);
        assertThat(
                        rules("keys: ['{id}'], columns: [title], when: 'old.price <> new.price'")
                                .matches(change(UPDATE, one, other)))
                .hasSize(1);
    }

    @Test
    void shouldTakeTheRowThatItNames() {
        assertThat(holds("new.status = 'published'", UPDATE, PUBLISHED, DRAFT)).isFalse();
        assertThat(holds("old.status = 'published'", UPDATE, PUBLISHED, DRAFT)).isTrue();
        assertThat(holds("old.status <> new.status", UPDATE, PUBLISHED, PUBLISHED)).isFalse();
        assertThat(holds("old.status <> new.status", UPDATE, PUBLISHED, DRAFT)).isTrue();
    }

    @Test
    void shouldCountAsHoldingWhatIsNotTold() {
        RowImage untold = row("id", 1);

        assertThat(holds("status = 'published'", INSERT, null, untold)).isTrue();
        assertThat(holds("not (status = 'published')", INSERT, null, untold)).isTrue();
        assertThat(holds("status is null", INSERT, null, untold)).isTrue();
        assertThat(holds("status = 'published' and id = 2", INSERT, null, untold)).isFalse();
    }

    @Test
    void shouldCountAsHoldingWhatNullLeavesOpen() {
        RowImage unset = row("id", 1, "status", null);

        assertThat(holds("status = 'published'", INSERT, null, unset)).isTrue();
        assertThat(holds("status <> 'published'", INSERT, null, unset)).isTrue();
        assertThat(holds("status is not null", INSERT, null, unset)).isFalse();
        assertThat(holds("status is not null and status = 'a'", INSERT, null, unset)).isFalse();
    }

    @Test
    void shouldAskEachHalfOfAChangedPrimaryKeyOfItsOwnRow() {
        assertThat(holds("status = 'published'", UPDATE, PUBLISHED, null)).isTrue();
        assertThat(holds("status = 'published'", UPDATE, null, PUBLISHED)).isTrue();
        assertThat(holds("status = 'published'", UPDATE, DRAFT, null)).isFalse();
        assertThat(holds("status = 'published'", UPDATE, null, DRAFT)).isFalse();
        assertThat(holds("old.status = 'published'", UPDATE, DRAFT, null)).isFalse();
        assertThat(holds("old.status = 'published'", UPDATE, null, DRAFT)).isTrue();
    }

    @Test
    void shouldTakeLargeValuesThatWereLeftAloneFromTheOldRow() {
        RowImage old = row("status", "x".repeat(9_000));

        assertThat(holds("status = 'published'", UPDATE, old, row("status", Cell.UNKNOWN)))
                .isFalse();
    }

    @Test
    void shouldKnowThatThereIsNoOtherRow() {
        assertThat(holds("old.id is null", INSERT, null, DRAFT)).isTrue();
        assertThat(holds("old.id is null", UPDATE, DRAFT, DRAFT)).isFalse();
        assertThat(holds("new.id is null", DELETE, DRAFT, null)).isTrue();
    }

    @Test
    void shouldAlwaysHoldForATruncation() {
        Rules rules = rules("keys: ['{id}'], when: \"status = 'published'\"");

        assertThat(rules.matches(change(TRUNCATE, null, null))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    n = 5                                   | true
                    n = 5.0                                 | true
                    n > 10                                  | false
                    n >= 5 and n <= 5                       | true
                    n < -3                                  | false
                    n <> 5                                  | false
                    n != 5 or b                             | true
                    not b                                   | false
                    b = false                               | false
                    t in ('a', 'b''c')                      | true
                    t not in ('a', 'b''c')                  | false
                    T IN ('x') OR NOT N = 4                 | true
                    "Mixed" = 'M'                           | true
                    mixed is null                           | true
                    d >= '2026-01-01'                       | true
                    d < '2026-01-01'                        | false
                    s > '2026-03-01 11:59:59.999+00'        | true
                    s > '2026-03-01 12:00:00.5+00'          | false
                    n = 4 or n = 5 and t = 'x'              | false
                    (n = 4 or n = 5) and t = 'b''c'         | true
                    """)
    void shouldMeanWhatSqlMeans(String when, boolean holds) {
        RowImage row =
                row(
                        "n", "5",
                        "b", "true",
                        "t", "b'c",
                        "Mixed", "M",
                        "mixed", null,
                        "d", "2026-03-01",
                        "s", "2026-03-01 12:00:00+00");

        assertThat(holds(when, INSERT, null, row)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    status =                  | at its end, a value: 'a text', a number, true or false is missing
                    = 'a'                     | before '=', a column is missing
                    status = 'a' b            | before 'b', 'and', 'or' or the end is missing
                    (status = 'a'             | at its end, ')' is missing
                    status in 'a'             | before ''a'', '(' is missing
                    status = null             | nothing is equal to null: write 'is null'
                    status is 'a'             | before ''a'', 'null' is missing
                    status like 'a%'          | before 'like', 'and', 'or' or the end is missing
                    row.status = 'a'          | 'row.' is no row of the change
                    lower(status) = 'a'       | before '(', 'and', 'or' or the end is missing
                    status = 'a' and          | at its end, a column is missing
                    status = %                | cannot be read from '%' on
                    status = 'a               | cannot be read from ''a' on
                    """)
    void shouldSayWhatIsWrongWithIt(String when, String complaint) {
        assertThatThrownBy(() -> When.parse(when))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldWriteARowOnlyIfItHoldsForTheNewOne() {
        Rules rules =
                rules(
                        "keys: ['{id}'], strategy: write, columns: [id], when: \"status = 'published'\"");

        assertThat(rules.matches(change(UPDATE, DRAFT, PUBLISHED)))
                .singleElement()
                .matches(match -> match.row() != null);
        assertThat(rules.matches(change(UPDATE, PUBLISHED, DRAFT)))
                .singleElement()
                .matches(match -> match.row() == null);
        assertThat(rules.matches(change(INSERT, null, row("id", 1, "status", null))))
                .singleElement()
                .matches(match -> match.row() == null);
    }

    @Test
    void shouldChangeTheFingerprintOfTheNamespace() {
        assertThat(rules("keys: ['{id}'], when: \"status = 'a'\"").fingerprints())
                .isNotEqualTo(rules("keys: ['{id}'], when: \"status = 'b'\"").fingerprints())
                .isNotEqualTo(rules("keys: ['{id}']").fingerprints());
    }

    private static boolean holds(
            String when, Operation operation, @Nullable RowImage before, @Nullable RowImage after) {
        When parsed = When.parse(when);
        RowChange change = change(operation, before, after);
        return (before != null && parsed.mayHoldForOldRow(change))
                || (after != null && parsed.mayHoldForNewRow(change));
    }

    private static RowChange change(
            Operation operation, @Nullable RowImage before, @Nullable RowImage after) {
        return new RowChange(TABLE, operation, before, after);
    }

    private static Rules rules(String fields) {
        return RulesFile.parse(
                "{version: 1, rules: [{name: r, table: public.articles, namespace: n, %s}]}"
                        .formatted(fields));
    }
}
