@NullMarked
package io.largesse.archive;

import org.jspecify.annotations.NullMarked;
