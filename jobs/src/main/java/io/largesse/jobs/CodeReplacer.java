package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.UsedCode;
import io.largesse.pools.AllotmentPlan;
import io.largesse.pools.Pools;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Replaces codes that came back: Redis went back to an earlier state, and handed out what it had handed out before. Each
 * replacement is in the audit trail.
 */
@Component
class CodeReplacer {

    private final Pools pools;
    private final Allotments allotments;
    private final CodeTaker taker;
    private final AuditTrail audit;

    CodeReplacer(Pools pools, Allotments allotments, CodeTaker taker, AuditTrail audit) {
        this.pools = pools;
        this.allotments = allotments;
        this.taker = taker;
        this.audit = audit;
    }

    /** What a replacement brings is looked at in turn. */
    void replaceUsed(AllotmentWork work) {
        for (var used = used(work); !used.isEmpty(); used = used(work)) {
            replaceSome(work, used);
        }
    }

    private List<UsedCode> used(AllotmentWork work) {
        var used = allotments.used(work.grant(), Pools.MAX_CODES);
        return used.isEmpty() ? allotments.repeated(work.grant(), Pools.MAX_CODES) : used;
    }

    private void replaceSome(AllotmentWork work, List<UsedCode> used) {
        var grant = work.grant();
        var plan = AllotmentPlan.of(pools.level(grant.pool()), used.size());
        var replaced = 0;
        for (int shard = 0; shard < plan.size(); shard++) {
            var wanted = Math.min(plan.get(shard), used.size() - replaced);
            if (wanted > 0) {
                var fresh = taker.takeBlock(work, shard, wanted);
                replace(work, used.subList(replaced, replaced + fresh.codes().size()), fresh);
                replaced += fresh.codes().size();
            }
        }
        if (replaced == 0) {
            throw new IllegalStateException("grant " + grant.id() + ": " + used.size() + " codes came back although"
                    + " somebody holds them, and the pool has none to replace them; generate codes, then restart");
        }
    }

    private void replace(AllotmentWork work, List<UsedCode> used, AllotmentBlock fresh) {
        if (used.isEmpty()) {
            return;
        }
        work.inTransaction(() -> {
            allotments.replace(work.grant().id(), used, fresh);
            var by = new Actor("largesse", "job", "run-" + work.hold().run());
            audit.record(by, "code.came-back", work.grant().subject(), json(used), null);
        });
        pools.drop(work.name(fresh.shard(), fresh.blockNo()));
    }

    private static String json(List<UsedCode> used) {
        var codes = used.stream().map(u -> '"' + u.code() + '"').toList();
        return "{\"codes\": [" + String.join(", ", codes) + "]}";
    }
}
