package io.largesse.archive;

import io.largesse.coupons.ArchiveDraft;
import io.largesse.coupons.CodeBits;
import java.nio.file.Path;

/** A file with coupons of one campaign, and their codes. */
public record Exported(ArchiveDraft draft, Path file, CodeBits codes) {}
