@NullMarked
package io.freshet.cdc.command;

import org.jspecify.annotations.NullMarked;
