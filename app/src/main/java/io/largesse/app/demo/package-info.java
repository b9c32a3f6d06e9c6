/** The list of users that the demo grants to. */
@NullMarked
package io.largesse.app.demo;

import org.jspecify.annotations.NullMarked;
