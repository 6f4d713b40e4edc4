package io.freshet.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The truth about rows that callers put: the version of a value is its place in the order in which
 * the store took them. And which of them the store owes us, because nothing came after them that
 * may take them away.
 */
final class Puts {

    private static final int UNTAKEN = 0;

    /** A caller's request under way, and what was so when it began. */
    record Begun(int row, int value, int losses, int threats) {}

    private record Kept(int version, int losses, int threats) {}

    private final List<Integer> versions = new ArrayList<>(List.of(UNTAKEN));
    private final int[] newest = new int[SimKeys.COUNT];
    private final int[] threats = new int[SimKeys.COUNT];
    private final int[] deletes = new int[SimKeys.COUNT];
    private final boolean[] everDeleted = new boolean[SimKeys.COUNT];
    private final boolean[] doubtful = new boolean[SimKeys.COUNT];
    private final Need[] needs = new Need[SimKeys.COUNT];
    private final Kept[] kept = new Kept[SimKeys.COUNT];

    Puts() {
        Arrays.fill(needs, Need.NOTHING);
        Arrays.fill(kept, new Kept(UNTAKEN, 0, 0));
    }

    /** A value that was never put before. */
    Begun begin(int row, int losses) {
        versions.add(UNTAKEN);
        return new Begun(row, versions.size() - 1, losses, threats[row]);
    }

    int count() {
        return versions.size() - 1;
    }

    /** The store, which has failed over so often, takes the value. */
    void arrived(int row, int value, int failovers) {
        versions.set(value, ++newest[row]);
        needs[row] = new Need(0, 0, newest[row], failovers);
    }

    /** What a read may not be older than once everything announced has been heard. */
    Need announced(int row) {
        return needs[row];
    }

    /** The caller was told that it is stored. */
    void stored(Begun put) {
        boolean unharmed = deletes[put.row] == 0 && threats[put.row] == put.threats;
        int version = versionOf(put.value);
        if (unharmed && !doubtful[put.row] && version > kept[put.row].version) {
            kept[put.row] = new Kept(version, put.losses, put.threats);
        }
    }

    /** Something that kills what is there now, and may kill what is put before it is over. */
    void deleteBegins(int row) {
        everDeleted[row] = true;
        threats[row]++;
        deletes[row]++;
    }

    /**
     * A deletion is over.
     *
     * @param surely whether it was in force when its caller was told
     */
    void deleteEnds(int row, boolean surely) {
        threats[row]++;
        deletes[row]--;
        doubtful[row] |= !surely;
    }

    /** The store forgot of evictions that had begun: they are yet to come, and no put knows. */
    void storeForgot() {
        for (int row = 0; row < SimKeys.COUNT; row++) {
            doubtful[row] |= everDeleted[row];
        }
    }

    /** Something that may kill what is put at any later time, since nobody waits for it. */
    void threaten(int row) {
        doubtful[row] = true;
        threats[row]++;
    }

    /** The version that every read must find once all has come to rest; 0 when none must. */
    int owed(int row, int losses) {
        Kept last = kept[row];
        return last.losses == losses && last.threats == threats[row] ? last.version : UNTAKEN;
    }

    int newest(int row) {
        return newest[row];
    }

    int versionOf(int value) {
        return versions.get(value);
    }
}
