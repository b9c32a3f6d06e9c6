package io.largesse.app.cli;

import io.largesse.coupons.Money;
import java.math.BigDecimal;

/** Money and shares as they are shown. */
final class Amounts {

    private Amounts() {}

    /** The amount as a string: a JSON number may be rounded by its reader. */
    static Json json(Money money) {
        var words = money.toString().split(" ", 2);
        return Json.of("amount", words[0]).with("currency", words[1]);
    }

    static String percent(long basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();
    }
}
