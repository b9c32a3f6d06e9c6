/** The real-time side: users claim coupons one at a time, by HTTP; nodes write what was claimed to PostgreSQL. */
@NullMarked
package io.largesse.app.claim;

import org.jspecify.annotations.NullMarked;
