package io.largesse.coupons;

/**
 * What archived coupons tell of their campaign, beside what they are themselves.
 *
 * @param template the name of its template
 * @param currency of face values
 * @param snapshot campaign and template as they were, as JSON
 */
public record ArchivedCampaign(
        long id,
        String name,
        String business,
        String template,
        int templateVersion,
        String currency,
        String snapshot) {}
