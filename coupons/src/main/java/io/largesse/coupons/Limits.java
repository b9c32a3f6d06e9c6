package io.largesse.coupons;

import java.util.List;

/** Where a coupon may be used. An empty list does not limit. Up to 100 words of up to 64 characters each. */
public record Limits(List<String> platforms, List<String> regions, List<String> categories) {

    private static final int MOST_WORDS = 100;
    private static final int LONGEST_WORD = 64;

    public Limits {
        platforms = checked("platforms", platforms);
        regions = checked("regions", regions);
        categories = checked("categories", categories);
    }

    private static List<String> checked(String name, List<String> words) {
        var wrong = words.size() > MOST_WORDS
                || words.stream().anyMatch(w -> w.isBlank() || w.length() > LONGEST_WORD)
                || words.stream().distinct().count() < words.size();
        if (wrong) {
            throw RefusedException.of("coupons.limits.words", name, MOST_WORDS, LONGEST_WORD);
        }
        return List.copyOf(words);
    }
}
