@NullMarked
package io.largesse.jobs;

import org.jspecify.annotations.NullMarked;
