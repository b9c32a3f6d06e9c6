/** What a node does by itself: it goes on with runs whose process has died. */
@NullMarked
package io.largesse.app.worker;

import org.jspecify.annotations.NullMarked;
