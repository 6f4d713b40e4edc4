package io.freshet.cdc.capture;

import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.SourceDatabase;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session's failure means for whoever looks at the connector's state. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final String CONNECTION = "08";
    private static final String AUTHORIZATION = "28";
    private static final String OPERATOR_INTERVENTION = "57";
    private static final String OBJECT_IN_USE = "55006";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String CONFIGURATION_LIMIT = "53400";

    private Failures() {}

    static CaptureState stateOf(Throwable failure, SourceDatabase database) {
        if (failure instanceof RefusedException) {
            return new CaptureState.Refused(message(failure));
        }
        if (failure instanceof NotReadyException) {
            return new CaptureState.Waiting(message(failure));
        }
        SQLException sql = sqlCauseOf(failure);
        if (sql != null) {
            return stateOfSql(sql, database);
        }
        if (failure instanceof KafkaException && !(failure instanceof ConnectException)) {
            LOG.atDebug().setCause(failure).log("Kafka failed");
            return new CaptureState.Waiting(message(failure));
        }
        LOG.atError().setCause(failure).log("change capture failed");
        return new CaptureState.Failed(message(failure));
    }

    private static CaptureState stateOfSql(SQLException failure, SourceDatabase database) {
        LOG.atDebug().setCause(failure).log("the database failed");
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String message = "database " + database + ": " + message(failure);
        if (state.startsWith(CONNECTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                || state.equals(OBJECT_IN_USE)
                || state.equals(TOO_MANY_CONNECTIONS)
                || state.equals(NO_SUCH_DATABASE)) {
            return new CaptureState.Waiting(message);
        }
        if (state.startsWith(AUTHORIZATION)) {
            return new CaptureState.Refused(
                    message + ": correct freshet.cdc.user and freshet.cdc.password");
        }
        if (state.equals(CONFIGURATION_LIMIT)) {
            return new CaptureState.Refused(
                    message + ": raise max_replication_slots and max_wal_senders");
        }
        return new CaptureState.Failed(message);
    }

    private static @Nullable SQLException sqlCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
