/** Files in an S3 object store: uploads, reports and the archive of cold coupons. */
@NullMarked
package io.largesse.archive;

import org.jspecify.annotations.NullMarked;
