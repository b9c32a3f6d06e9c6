@NullMarked
package io.largesse.pools;

import org.jspecify.annotations.NullMarked;
