/** Tests of what people write. */
@NullMarked
package io.largesse.app.yaml;

import org.jspecify.annotations.NullMarked;
