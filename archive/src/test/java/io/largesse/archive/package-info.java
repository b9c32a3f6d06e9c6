/** Tests of the archive against a real S3 endpoint. */
@NullMarked
package io.largesse.archive;

import org.jspecify.annotations.NullMarked;
