/** What leaves the jobs in bulk: rows by COPY into PostgreSQL, reject reports as spreadsheets. */
@NullMarked
package io.largesse.writers;

import org.jspecify.annotations.NullMarked;
