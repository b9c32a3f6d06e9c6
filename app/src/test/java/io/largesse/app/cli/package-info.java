/** Tests of the command line without the application. */
@NullMarked
package io.largesse.app.cli;

import org.jspecify.annotations.NullMarked;
