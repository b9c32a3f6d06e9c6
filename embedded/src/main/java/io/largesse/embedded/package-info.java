@NullMarked
package io.largesse.embedded;

import org.jspecify.annotations.NullMarked;
