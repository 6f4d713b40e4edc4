package io.freshet.infra.check.load;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.history.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements that are committed together, and what they make of which register. */
final class Transaction {

    private final String kind;
    private final Map<Register, State> states = new LinkedHashMap<>();
    private final List<Committer.Work> statements = new ArrayList<>();

    /**
     * @param kind what it is counted as
     */
    Transaction(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }

    /** Adds a statement that sets a register. */
    Transaction set(Register register, State state, Committer.Work statement) {
        states.put(register, state);
        statements.add(statement);
        return this;
    }

    /** Adds a register that the last statement sets as well. */
    Transaction also(Register register, State state) {
        states.put(register, state);
        return this;
    }

    /** Adds a statement that sets none. */
    Transaction run(Committer.Work statement) {
        statements.add(statement);
        return this;
    }

    Map<Register, State> states() {
        return states;
    }

    /** Commits it and notes it, if it was committed. */
    Committer.Outcome commit(Committer committer, History history, Tally tally)
            throws InterruptedException {
        Committer.Outcome outcome = committer.run(this::statements);
        switch (outcome) {
            case Committer.Outcome.Committed(long begun, long acknowledged) -> {
                states.forEach((register, state) ->
                        history.wrote(register, new Write(state, begun, acknowledged)));
                tally.count(Tally.Of.COMMITS, kind);
            }
            case Committer.Outcome.Aborted(String why) -> tally.count(Tally.Of.NOT_COMMITTED, why);
        }
        return outcome;
    }

    private void statements(Connection connection) throws SQLException {
        for (Committer.Work statement : statements) {
            statement.in(connection);
        }
    }
}
