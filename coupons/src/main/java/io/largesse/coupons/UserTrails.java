package io.largesse.coupons;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers why a user has or has not got something: from the lists as they were read, and the coupons as they are. */
@Component
public class UserTrails {

    /** Of rejected rows, and of coupons. */
    private static final int MOST = 1_000;

    private final UserTrailMapper trails;
    private final AuditTrail audit;

    UserTrails(UserTrailMapper trails, AuditTrail audit) {
        this.trails = trails;
        this.audit = audit;
    }

    /** @param campaign null looks through all */
    public UserTrail of(String typed, @Nullable Campaign campaign) {
        var user = UserId.canonical(typed);
        var problem = UserId.problem(user);
        var in = campaign == null ? null : campaign.id();
        var grants = trails.grants(in);
        var coupons = trails.coupons(user, in, MOST);
        var accepted = problem == null ? trails.accepted(user, in) : List.<TrailRow>of();
        var rows = Stream.concat(accepted.stream(), trails.rejected(user, in, MOST).stream())
                .collect(Collectors.groupingBy(TrailRow::grantId));
        return new UserTrail(
                user,
                problem,
                problem == null ? misfit(user, campaign) : null,
                found(grants, rows, coupons),
                others(coupons),
                grants.stream()
                        .filter(g -> g.isChecked() && g.listPurgedAt() == null)
                        .count(),
                grants.stream().filter(g -> g.listPurgedAt() != null).count(),
                grants.stream().filter(UserTrails::isUnread).toList());
    }

    private List<GrantTrail> found(List<Grant> grants, Map<Long, List<TrailRow>> rows, List<TrailCoupon> coupons) {
        var found = new ArrayList<GrantTrail>();
        for (var grant : grants) {
            var his = rows.getOrDefault(grant.id(), List.of());
            var got = coupons.stream().filter(coupon -> coupon.isOf(grant)).toList();
            if (!his.isEmpty() || !got.isEmpty()) {
                found.add(new GrantTrail(grant, his, got, revoked(grant)));
            }
        }
        return found;
    }

    private @Nullable AuditEntry revoked(Grant grant) {
        if (grant.state() != GrantState.REVOKING && grant.state() != GrantState.REVOKED) {
            return null;
        }
        return audit.of(grant.subject()).stream()
                .filter(entry -> entry.what().equals(Revocations.BEGUN))
                .findFirst()
                .orElse(null);
    }

    private static List<TrailCoupon> others(List<TrailCoupon> coupons) {
        return coupons.stream().filter(c -> !c.sourceKind().equals("GRANT")).toList();
    }

    private static @Nullable String misfit(String user, @Nullable Campaign campaign) {
        var pattern = campaign == null ? null : campaign.pattern();
        return pattern == null || pattern.matcher(user).matches() ? null : pattern.pattern();
    }

    /** A refused list was read, or cannot be. */
    private static boolean isUnread(Grant grant) {
        return !grant.isChecked() && grant.state() != GrantState.REFUSED && grant.state() != GrantState.REVOKED;
    }
}
