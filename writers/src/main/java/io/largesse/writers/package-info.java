@NullMarked
package io.largesse.writers;

import org.jspecify.annotations.NullMarked;
