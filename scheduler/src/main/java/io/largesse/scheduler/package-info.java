/** Jobs by the clock: when they are due, once each. */
@NullMarked
package io.largesse.scheduler;

import org.jspecify.annotations.NullMarked;
