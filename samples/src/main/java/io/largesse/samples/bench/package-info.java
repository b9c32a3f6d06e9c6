/** Measurements of the whole product against the least that the same work can cost; {@code ./largesse bench}. */
@NullMarked
package io.largesse.samples.bench;

import org.jspecify.annotations.NullMarked;
