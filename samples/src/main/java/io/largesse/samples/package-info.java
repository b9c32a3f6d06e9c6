@NullMarked
package io.largesse.samples;

import org.jspecify.annotations.NullMarked;
