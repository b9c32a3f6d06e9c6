/** Codes that nobody holds, in Redis: gates, pools, blocks. */
@NullMarked
package io.largesse.pools;

import org.jspecify.annotations.NullMarked;
