/** The program: its settings, and how its parts are put together. Commands stand in {@code cli}. */
@NullMarked
package io.largesse.app;

import org.jspecify.annotations.NullMarked;
