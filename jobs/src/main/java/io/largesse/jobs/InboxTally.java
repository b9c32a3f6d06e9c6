package io.largesse.jobs;

import io.largesse.coupons.InboxState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run of take-inbox has come to, for whoever reads its end. Not thread safe. */
final class InboxTally {

    private static final Logger LOG = LoggerFactory.getLogger(InboxTally.class);
    private static final int MOST_LEFT = 4;

    private final Map<InboxState, Integer> lists = new EnumMap<>(InboxState.class);
    private final List<String> left = new ArrayList<>();
    private int alsoLeft;

    void count(InboxState state) {
        lists.merge(state, 1, Integer::sum);
    }

    /** @param words about an object that is nothing to be granted from, and what to do with it */
    void left(String words) {
        LOG.warn(words);
        if (left.size() < MOST_LEFT) {
            left.add(words);
        } else {
            alsoLeft++;
        }
    }

    /** Sentences without their full stops; none if there was nothing in the inbox. */
    List<String> words() {
        var words = new ArrayList<String>();
        if (!lists.isEmpty()) {
            words.add("lists granted: " + of(InboxState.GRANTED) + ", refused: " + of(InboxState.REFUSED)
                    + ", waiting: " + (of(InboxState.TAKEN) + of(InboxState.HELD)));
        }
        words.addAll(left);
        if (alsoLeft > 0) {
            words.add("left where they are as well: " + alsoLeft);
        }
        return words;
    }

    private int of(InboxState state) {
        return lists.getOrDefault(state, 0);
    }
}
