package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Workbook;
import org.junit.jupiter.api.Test;

class XlsListsTest extends SpreadsheetContract {

    @Override
    Path file(Consumer<Workbook> content) {
        return corpus.xls("users.xls", content);
    }

    @Test
    void aFullSheetIsRead() {
        var list = corpus.read(file(workbook -> {
            var sheet = workbook.createSheet("Users");
            for (var i = 0; i < 65_536; i++) {
                sheet.createRow(i).createCell(0).setCellValue(i % 2 == 0 ? "user" + i : String.valueOf(i));
            }
        }));

        assertThat(list.ids()).hasSize(65_536).endsWith("65535");
        assertThat(list.numbers().get(65_535)).isEqualTo(65_536);
    }
}
