/** The role {@code scheduler} of a node. */
@NullMarked
package io.largesse.app.schedule;

import org.jspecify.annotations.NullMarked;
