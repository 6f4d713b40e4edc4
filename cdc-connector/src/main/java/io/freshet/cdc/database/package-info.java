/** The source database over JDBC: checks, publication, slot, snapshots, heartbeats. */
@NullMarked
package io.freshet.cdc.database;

import org.jspecify.annotations.NullMarked;
