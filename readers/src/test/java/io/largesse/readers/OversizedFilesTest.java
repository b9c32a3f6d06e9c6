package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are more, or claim more, than a list can be. */
class OversizedFilesTest {

    @TempDir
    Path dir;

    private Corpus corpus;

    @BeforeEach
    void corpus() {
        corpus = new Corpus(dir);
    }

    /** A hole of zeros: a gigabyte that takes no disk. */
    @Test
    @Timeout(120)
    void aLineOfAGigabyteIsRefusedWithoutBeingRead() throws Exception {
        var file = corpus.write("users.csv", "user_id,".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(1L << 30);
        }

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.text.no-lines");
    }

    /** The number of a row names it in rejects, and is where a restart goes on: it must not come twice. */
    @ParameterizedTest
    @CsvSource({"2, 2", "3, 2", "3, 1"})
    void rowsOutOfOrderAreRefusedAsDamage(int first, int second) {
        var row = "<row r=\"%d\"><c t=\"inlineStr\"><is><t>u%d</t></is></c></row>";
        var file = corpus.rawXlsx("users.xlsx", row.formatted(first, 1) + row.formatted(second, 2), Map.of());

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.file.damaged");
    }

    /** POI would make an object of each. */
    @ParameterizedTest
    @ValueSource(ints = {1_000_001, Integer.MAX_VALUE, -1})
    @Timeout(120)
    void anXlsThatClaimsEndlesslyManyStringsIsRefused(int strings) throws Exception {
        var records = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        records.putShort((short) 0x0809)
                .putShort((short) 16)
                .putShort((short) 0x0600)
                .putShort((short) 5);
        records.putInt(0).putLong(0);
        records.putShort((short) 0x00FC).putShort((short) 8).putInt(strings).putInt(strings);
        records.putShort((short) 0x000A).putShort((short) 0);

        var file = dir.resolve("users.xls");
        try (var container = new POIFSFileSystem();
                var out = Files.newOutputStream(file)) {
            container.createDocument(new ByteArrayInputStream(records.array()), "Workbook");
            container.writeFilesystem(out);
        }

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.file.bomb");
    }
}
