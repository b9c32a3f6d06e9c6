package io.largesse.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.ArchivedCampaign;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coupons in a file that somebody opens in a spreadsheet. */
class CouponOutputTest {

    @TempDir
    private Path folder;

    /** A spreadsheet may take a semicolon for the end of a cell, if nothing says that it is a part of it. */
    @Test
    void nothingThatAUserIsCalledBecomesAFormula() throws Exception {
        var file = folder.resolve("coupons.csv");
        try (var csv =
                CouponOutput.csv(file, id -> new ArchivedCampaign(id, "summer", "SUMMER", "ten-off", 1, "CNY", "{}"))) {
            for (var user : new String[] {"=1+1", "@SUM(1)", "a;=HYPERLINK(1)", "a\"b", "plain"}) {
                csv.accept(new ArchivedCoupon("C", 1, user, "GRANT", 1, 1, "EXPIRED", 0, 0, 0, 1_000, "-1", 0));
            }
        }

        assertThat(Files.readAllLines(file).stream().skip(1).map(line -> line.split(",(?=\")")[4]))
                .containsExactly("\"'=1+1\"", "\"'@SUM(1)\"", "\"a;=HYPERLINK(1)\"", "\"a\"\"b\"", "\"plain\"");
        assertThat(Files.readString(file)).contains("\"'-1\"", "\"10.00\"");
    }
}
