/** Templates and campaigns as people write them: YAML in which every mistake is named with its line. */
@NullMarked
package io.largesse.app.yaml;

import org.jspecify.annotations.NullMarked;
