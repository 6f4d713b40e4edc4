/** What a check has found, for people and as JSON. */
@NullMarked
package io.freshet.infra.check.report;

import org.jspecify.annotations.NullMarked;
