@NullMarked
package io.largesse.app;

import org.jspecify.annotations.NullMarked;
