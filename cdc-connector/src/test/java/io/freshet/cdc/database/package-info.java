/** Tests of what is asked of the source database. */
@NullMarked
package io.freshet.cdc.database;

import org.jspecify.annotations.NullMarked;
