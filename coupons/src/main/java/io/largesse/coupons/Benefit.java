package io.largesse.coupons;

import java.util.Currency;

/** What a coupon takes off a price that reaches its threshold. */
public sealed interface Benefit {

    /** The least price at which the coupon may be used. */
    Money threshold();

    /** The most that the coupon can take off: what one coupon puts at stake. */
    Money faceValue();

    default Currency currency() {
        return faceValue().currency();
    }

    /** A fixed amount, never more than the threshold. */
    record AmountOff(Money amount, Money threshold) implements Benefit {

        public AmountOff {
            requireSameCurrency(amount, threshold);
            if (amount.minor() == 0 || amount.minor() > threshold.minor()) {
                throw RefusedException.of("coupons.benefit.amount", amount, threshold);
            }
        }

        @Override
        public Money faceValue() {
            return amount;
        }
    }

    /** A share of the price in basis points (1 to 10,000), rounded down to the minor unit, never more than the cap. */
    record PercentOff(int basisPoints, Money cap, Money threshold) implements Benefit {

        public PercentOff {
            requireSameCurrency(cap, threshold);
            if (basisPoints < 1 || basisPoints > 10_000) {
                throw RefusedException.of("coupons.benefit.percent", basisPoints / 100.0);
            }
            if (cap.minor() == 0) {
                throw RefusedException.of("coupons.benefit.cap");
            }
        }

        @Override
        public Money faceValue() {
            return cap;
        }
    }

    private static void requireSameCurrency(Money one, Money other) {
        if (!one.currency().equals(other.currency())) {
            throw RefusedException.of("coupons.benefit.currencies", one, other);
        }
    }
}
