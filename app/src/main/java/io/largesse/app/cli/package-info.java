/** The command line: one class a command, the session they share, and how things are shown. */
@NullMarked
package io.largesse.app.cli;

import org.jspecify.annotations.NullMarked;
