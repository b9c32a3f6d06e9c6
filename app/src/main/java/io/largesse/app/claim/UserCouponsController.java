package io.largesse.app.claim;

import io.largesse.coupons.Archives;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Coupon;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.UserId;
import io.largesse.pools.Claims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a user has: what is written, and what was claimed and is about to be. */
@RestController
@ConditionalOnProperty("largesse.roles.claim")
class UserCouponsController {

    private final Coupons coupons;
    private final Claims claims;
    private final Archives archives;
    private final CampaignBoard board;
    private final Looks looks;

    UserCouponsController(Coupons coupons, Claims claims, Archives archives, CampaignBoard board, Looks looks) {
        this.coupons = coupons;
        this.claims = claims;
        this.archives = archives;
        this.board = board;
        this.looks = looks;
    }

    /** Of one user, in a minute. */
    static final class TooManyLooksException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private TooManyLooksException() {
            super("too many looks", null, false, false);
        }
    }

    /** Newest first. */
    record UserCoupons(String user, List<ClaimedCoupon> coupons) {}

    @GetMapping("/api/v1/users/{user}/coupons")
    UserCoupons ofUser(@PathVariable String user) {
        return of(UserId.parse(user), SecurityContextHolder.getContext().getAuthentication());
    }

    /**
     * For users whose id cannot stand in a path, as one with a slash.
     *
     * @param user the token's if missing
     */
    @GetMapping("/api/v1/coupons")
    UserCoupons ofUserOrOwn(@RequestParam(required = false) @Nullable String user) {
        var who = SecurityContextHolder.getContext().getAuthentication();
        var own = who == null || Tokens.isService(who, "coupons") ? "" : who.getName();
        return of(UserId.parse(user == null ? own : user), who);
    }

    private UserCoupons of(String id, @Nullable Authentication who) {
        if (!Tokens.isUser(who, id) && !Tokens.isService(who, "coupons")) {
            throw new AccessDeniedException("another user");
        }
        if (!Tokens.isService(who, "coupons") && !looks.mayLook(id)) {
            throw new TooManyLooksException();
        }
        var posted = board.claimable().stream()
                .collect(Collectors.toMap(p -> p.campaign().ledger(), Function.identity()));
        // in this order: what is written in between is in both, what is not in either cannot be
        var claimed = claims.ofUser(id, List.copyOf(posted.keySet()));
        var written = coupons.ofUser(id);
        var codes = written.stream().map(Coupon::code).collect(Collectors.toSet());
        var all = new ArrayList<ClaimedCoupon>();
        claimed.stream().filter(claim -> !codes.contains(claim.code())).forEach(claim -> {
            var of = java.util.Objects.requireNonNull(posted.get(claim.ledger()));
            if (!isArchived(of, claim.code())) {
                all.add(ClaimedCoupon.of(of, claim));
            }
        });
        written.stream().map(ClaimedCoupon::of).forEach(all::add);
        all.sort(Comparator.comparing(ClaimedCoupon::issuedAt).reversed());
        return new UserCoupons(id, all);
    }

    /** Redis remembers claims whose coupons have left the table, spent or expired: of campaigns that have ended only. */
    private boolean isArchived(CampaignBoard.Posted posted, String code) {
        return posted.campaign().status() == CampaignStatus.ENDED && archives.holding(code) != null;
    }
}
