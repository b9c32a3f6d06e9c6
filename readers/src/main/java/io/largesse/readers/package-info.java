@NullMarked
package io.largesse.readers;

import org.jspecify.annotations.NullMarked;
