package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Message BUSY = Message.of("coupons.run.busy", "grant-coupons", "grant 7", "node-1", 42);

    @Test
    void aMessageIsToldInTheLanguageAskedFor() {
        assertThat(Messages.text(BUSY, Locale.ENGLISH)).startsWith("grant-coupons works on grant 7 already, as run 42");
        assertThat(Messages.text(BUSY, Locale.CHINESE)).startsWith("grant-coupons正在处理grant 7");
        assertThat(Messages.text(BUSY, Locale.SIMPLIFIED_CHINESE)).isEqualTo(Messages.text(BUSY, Locale.CHINESE));
    }

    @Test
    void whoeverSpeaksAnotherLanguageIsToldInEnglishWhateverTheMachineSpeaks() {
        var machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.CHINA);
            assertThat(Messages.text(BUSY, Locale.FRENCH)).isEqualTo(Messages.text(BUSY, Locale.ENGLISH));
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void numbersAreToldWithoutGrouping() {
        assertThat(Messages.text(Message.of("coupons.run.unknown", 1_234_567), Locale.ENGLISH))
                .contains("run 1234567;");
    }

    @Test
    void anUnknownCodeIsShownAsItIs() {
        assertThat(Messages.text(Message.of("coupons.no-such", 1, "a"), Locale.ENGLISH))
                .isEqualTo("coupons.no-such [1, a]");
        assertThat(Messages.text(Message.of("nowhere.at-all"), Locale.CHINESE)).isEqualTo("nowhere.at-all []");
        assertThat(Messages.text(Message.of("plain"), Locale.ENGLISH)).isEqualTo("plain []");
    }

    @Test
    void argumentsAreDataAndNeverFormats() {
        var text = Messages.text(Message.of("coupons.campaign.unknown", "{0} it's '{1}"), Locale.ENGLISH);

        assertThat(text).isEqualTo("there is no campaign {0} it's '{1}; see: campaign list");
    }
}
