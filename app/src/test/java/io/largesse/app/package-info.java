/** Tests of the whole program, on real services. */
@NullMarked
package io.largesse.app;

import org.jspecify.annotations.NullMarked;
