/** What judges Largesse from outside: figures against a baseline, and grants under fire. */
@NullMarked
package io.largesse.samples.bench;

import org.jspecify.annotations.NullMarked;
