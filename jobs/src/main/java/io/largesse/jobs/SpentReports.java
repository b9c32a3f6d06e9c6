package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.Money;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.SpentCoupon;
import io.largesse.writers.RejectReport;
import io.largesse.writers.SpentReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Lists the coupons of grants that cannot be taken back, as they stand at that moment. */
@Component
class SpentReports {

    private static final int PAGE = 5_000;

    private final Revocations revocations;

    SpentReports(Revocations revocations) {
        this.revocations = revocations;
    }

    long write(RevokeSummary of, Path to, Locale locale) throws IOException {
        var report = new SpentReport(locale, facts(of, locale), minor -> Money.ofMinor(minor, of.currency())
                .toString());
        return report.write(to, coupons(of.grant()));
    }

    private static List<RejectReport.Fact> facts(RevokeSummary of, Locale locale) {
        return List.of(
                fact("jobs.report.grant", of.grant().id(), locale),
                fact("jobs.report.state", of.grant().state(), locale),
                fact("jobs.revoke.report.revoked", of.coupons(Set.of("REVOKED")), locale),
                fact("jobs.revoke.report.unspent", of.coupons(Set.of("ISSUED")), locale),
                fact("jobs.revoke.report.spent", of.coupons(RevokeSummary.SPENT), locale),
                fact("jobs.revoke.report.spent-value", of.faceValue(RevokeSummary.SPENT), locale),
                fact("jobs.revoke.report.expired", of.coupons(Set.of("EXPIRED")), locale));
    }

    private static RejectReport.Fact fact(String label, Object value, Locale locale) {
        return new RejectReport.Fact(Messages.text(Message.of(label), locale), String.valueOf(value));
    }

    /** In the order of users, a page of recipients at a time. */
    private Iterator<SpentCoupon> coupons(Grant grant) {
        var last = grant.recipients() == null ? 0 : grant.recipients();
        return new Iterator<>() {
            private Iterator<SpentCoupon> page = Collections.emptyIterator();
            private long next = 1;

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && next <= last) {
                    page = revocations.spent(grant, next, next + PAGE - 1).iterator();
                    next += PAGE;
                }
                return page.hasNext();
            }

            @Override
            public SpentCoupon next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next();
            }
        };
    }
}
