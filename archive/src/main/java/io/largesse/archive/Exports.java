package io.largesse.archive;

import java.util.List;

/**
 * What became of the coupons of some pages.
 *
 * @param files a file for each campaign
 * @param misfits one of each campaign that has no file, because not all of its coupons can be archived
 */
public record Exports(List<Exported> files, List<Misfit> misfits) {}
