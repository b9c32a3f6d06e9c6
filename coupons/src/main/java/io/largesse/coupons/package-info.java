/** The nouns of Largesse, their tables and their queries, and the ports that other modules fill. */
@NullMarked
package io.largesse.coupons;

import org.jspecify.annotations.NullMarked;
