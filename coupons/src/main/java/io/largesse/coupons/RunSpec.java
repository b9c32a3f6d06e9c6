package io.largesse.coupons;

import org.jspecify.annotations.Nullable;

/**
 * What a run is to be.
 *
 * @param subject what it works on: no other run of the job works on it at the same time
 * @param campaign whose codes it moves; null if it moves none
 * @param alone whether no other run may move codes of the campaign, from its start until it is done: not even while it is
 *     stopped or has failed
 */
public record RunSpec(
        String job,
        String subject,
        String parameters,
        @Nullable Long campaign,
        boolean alone) {

    /** A run that moves no codes. */
    public static RunSpec of(String job, String subject, String parameters) {
        return new RunSpec(job, subject, parameters, null, false);
    }

    /** A run that moves codes of a campaign beside others. */
    public static RunSpec beside(String job, String subject, String parameters, long campaign) {
        return new RunSpec(job, subject, parameters, campaign, false);
    }
}
