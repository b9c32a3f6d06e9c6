package io.largesse.samples.bench;

import java.util.Set;

/**
 * What a grant must have given in the end.
 *
 * @param users on its list, as whoever wrote the list knows them; empty if it must have given nothing
 * @param quantity coupons for each
 */
record Expected(long grant, Set<String> users, int quantity) {

    static Expected nothing(long grant) {
        return new Expected(grant, Set.of(), 0);
    }

    long coupons() {
        return (long) users.size() * quantity;
    }
}
