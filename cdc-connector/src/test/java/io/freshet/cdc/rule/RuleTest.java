package io.freshet.cdc.rule;

import static io.freshet.cdc.rule.Operation.DELETE;
import static io.freshet.cdc.rule.Operation.INSERT;
import static io.freshet.cdc.rule.Operation.TRUNCATE;
import static io.freshet.cdc.rule.Operation.UPDATE;
import static io.freshet.cdc.rule.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final TableName CITIES = new TableName("public", "cities");
    private static final Namespace NAMESPACE = new Namespace("cities");
    private static final Target ALL = new Target.OfNamespace(NAMESPACE);

    @Test
    void shouldHitTheKeyOfAnInsertedRow() {
        assertThat(matches("keys: ['{id}']", INSERT, null, row("id", 1))).containsExactly(key("1"));
    }

    @Test
    void shouldHitTheKeyOfADeletedRow() {
        assertThat(matches("keys: ['{id}']", DELETE, row("id", 1), null)).containsExactly(key("1"));
    }

    @Test
    void shouldHitAnUnchangedKeyOnce() {
        assertThat(matches("keys: ['{id}']", UPDATE, row("id", 1), row("id", 1)))
                .containsExactly(key("1"));
    }

    @Test
    void shouldHitTheOldAndTheNewKeyWhenItChanges() {
        assertThat(matches("keys: ['{id}']", UPDATE, row("id", 1), row("id", 2)))
                .containsExactly(key("1"), key("2"));
    }

    @Test
    void shouldHitTheOldAndTheNewTagWhenItsColumnChanges() {
        assertThat(
                        matches(
                                "tags: ['country:{code}']",
                                UPDATE,
                                row("code", "FR"),
                                row("code", "DE")))
                .containsExactly(tag("country:FR"), tag("country:DE"));
    }

    @Test
    void shouldTakeEachHalfOfAChangedPrimaryKeyAsAnUpdate() {
        String rule = "keys: ['{id}'], operations: [update], columns: [name]";

        assertThat(matches(rule, UPDATE, row("id", 1), null)).containsExactly(key("1"));
        assertThat(matches(rule, UPDATE, null, row("id", 2))).containsExactly(key("2"));
    }

    @Test
    void shouldHitNothingFromAnImageWithNull() {
        assertThat(matches("keys: ['{id}']", UPDATE, row("id", null), row("id", 2)))
                .containsExactly(key("2"));
    }

    @Test
    void shouldHitTheNamespaceWhenTheTableIsEmptied() {
        assertThat(matches("keys: ['{id}']", TRUNCATE, null, null)).containsExactly(ALL);
    }

    @Test
    void shouldIgnoreOperationsThatItDoesNotList() {
        String rule = "keys: ['{id}'], operations: [update, delete]";

        assertThat(matches(rule, INSERT, null, row("id", 1))).isEmpty();
        assertThat(matches(rule, TRUNCATE, null, null)).isEmpty();
        assertThat(matches(rule, DELETE, row("id", 1), null)).containsExactly(key("1"));
    }

    @Test
    void shouldIgnoreAnUpdateThatLeavesItsColumnsAlone() {
        String rule = "keys: ['{id}'], columns: [name]";
        RowImage before = row("id", 1, "name", "Paris", "population", 1);

        assertThat(matches(rule, UPDATE, before, row("id", 1, "name", "Paris", "population", 2)))
                .isEmpty();
        assertThat(matches(rule, UPDATE, before, row("id", 1, "name", "Lutetia", "population", 1)))
                .containsExactly(key("1"));
        assertThat(matches(rule, UPDATE, before, row("id", 1, "name", null, "population", 1)))
                .containsExactly(key("1"));
    }

    @Test
    void shouldNotFilterInsertsAndDeletesByColumns() {
        String rule = "keys: ['{id}'], columns: [name]";

        assertThat(matches(rule, INSERT, null, row("id", 1, "name", null)))
                .containsExactly(key("1"));
        assertThat(matches(rule, DELETE, row("id", 1, "name", null), null))
                .containsExactly(key("1"));
    }

    @Test
    void shouldTakeALargeValueThatWasLeftAloneFromTheOldRow() {
        assertThat(
                        matches(
                                "keys: ['{text}:{id}']",
                                UPDATE,
                                row("id", 1, "text", "long"),
                                row("id", 2, "text", Cell.UNKNOWN)))
                .containsExactly(key("long:1"), key("long:2"));
    }

    @Test
    void shouldNotTakeALargeValueThatWasLeftAloneForAChange() {
        assertThat(
                        matches(
                                "keys: ['{id}'], columns: [text]",
                                UPDATE,
                                row("id", 1, "text", "long"),
                                row("id", 1, "text", Cell.UNKNOWN)))
                .isEmpty();
    }

    @Test
    void shouldTakeAColumnThatNobodyTellsForAChange() {
        assertThat(matches("keys: ['{id}'], columns: [gone]", UPDATE, row("id", 1), row("id", 1)))
                .containsExactly(key("1"));
    }

    @Test
    void shouldHitTheNamespaceWhenAKeyCannotBeKnown() {
        assertThat(matches("keys: ['{text}']", UPDATE, row("id", 1), row("id", 1)))
                .containsExactly(ALL);
    }

    @Test
    void shouldSkipKeysAndTagsThatNoEntryCanHave() {
        assertThat(
                        matches(
                                "keys: ['{a}'], tags: ['{b}']",
                                INSERT,
                                null,
                                row("a", "line\nbreak", "b", "x".repeat(Tag.MAX_BYTES + 1))))
                .isEmpty();
        assertThat(matches("keys: ['{a}']", INSERT, null, row("a", ""))).isEmpty();
    }

    @Test
    void shouldEscapeValuesInPatterns() {
        List<Target> targets =
                matches("patterns: ['page:{path}:*']", INSERT, null, row("path", "a*b?[c]\\d^e-f"));

        assertThat(targets).hasSize(1);
        KeyPattern pattern = ((Target.OfPattern) targets.getFirst()).pattern();
        assertThat(pattern.matches(new EntryKey("page:a*b?[c]\\d^e-f:1"))).isTrue();
        assertThat(pattern.matches(new EntryKey("page:aXXb?[c]\\d^e-f:1"))).isFalse();
        assertThat(pattern.matches(new EntryKey("page:a*bYc\\d^e-f:1"))).isFalse();
    }

    @Test
    void shouldHitTheNamespaceWhenAPatternGrowsTooLong() {
        assertThat(matches("patterns: ['{path}*']", INSERT, null, row("path", "*".repeat(400))))
                .containsExactly(ALL);
    }

    @Test
    void shouldCarryItsModeAndName() {
        Rules rules = rules("keys: ['{id}'], mode: soft");

        assertThat(rules.matches(new RowChange(CITIES, INSERT, null, row("id", 1))))
                .containsExactly(new Match("r", key("1"), Mode.SOFT));
    }

    @Test
    void shouldIgnoreOtherTables() {
        var other = new RowChange(new TableName("public", "towns"), INSERT, null, row("id", 1));

        assertThat(rules("keys: ['{id}']").matches(other)).isEmpty();
    }

    private static List<Target> matches(
            String rule, Operation operation, @Nullable RowImage before, @Nullable RowImage after) {
        return rules(rule).matches(new RowChange(CITIES, operation, before, after)).stream()
                .map(Match::target)
                .toList();
    }

    private static Rules rules(String fields) {
        return RulesFile.parse(
                "{version: 1, rules: [{name: r, table: public.cities, namespace: cities, %s}]}"
                        .formatted(fields));
    }

    private static Target key(String key) {
        return new Target.OfKey(NAMESPACE, new EntryKey(key));
    }

    private static Target tag(String tag) {
        return new Target.OfTag(NAMESPACE, new Tag(tag));
    }
}
