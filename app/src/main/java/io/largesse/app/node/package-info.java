/** What everything has in common that a node does by itself. */
@NullMarked
package io.largesse.app.node;

import org.jspecify.annotations.NullMarked;
