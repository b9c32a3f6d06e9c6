/** Tests of the writers against a real PostgreSQL. */
@NullMarked
package io.largesse.writers;

import org.jspecify.annotations.NullMarked;
