package io.largesse.readers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The strings that cells share, read when the first cell asks for one: many sheets have none, or need none. */
final class SharedStrings implements Closeable {

    private final ZipContent zip;
    private final @Nullable String part;
    private final Origin origin;
    private final Path tempDir;
    private @Nullable StringStore strings;

    SharedStrings(ZipContent zip, @Nullable String part, Origin origin, Path tempDir) {
        this.zip = zip;
        this.part = part;
        this.origin = origin;
        this.tempDir = tempDir;
    }

    String get(int index) throws IOException, XMLStreamException {
        if (strings == null) {
            strings = new StringStore(tempDir, StringStore.IN_MEMORY);
            load(strings);
        }
        if (index < 0 || index >= strings.count()) {
            throw origin.damaged(null);
        }
        return strings.get(index);
    }

    private void load(StringStore store) throws IOException, XMLStreamException {
        if (part == null) {
            throw origin.damaged(null);
        }
        try (var in = zip.large(part)) {
            var text = new CellText();
            for (var xml = new Xml(in, origin); xml.nextStart(); ) {
                if (xml.is("si")) {
                    if (store.isFull()) {
                        throw origin.refusal("readers.file.bomb");
                    }
                    RichText.read(xml, text);
                    var plain = text.unescapedIfNeeded();
                    if (plain == null) {
                        store.add(text);
                    } else {
                        store.add(plain);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (strings != null) {
            strings.close();
        }
    }

    /** The text of an {@code si} or {@code is}: its runs joined, without the phonetic ones that show how to say it. */
    static final class RichText {

        private RichText() {}

        /** Reads to the end of the element at hand. */
        static void read(Xml xml, CellText text) throws XMLStreamException {
            text.clear();
            var outside = xml.depth() - 1;
            var inText = false;
            var phonetic = 0;
            while (xml.depth() > outside) {
                var event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    phonetic = phonetic == 0 && xml.is("rPh") ? xml.depth() : phonetic;
                    inText = phonetic == 0 && xml.is("t");
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    inText = false;
                    phonetic = xml.depth() < phonetic ? 0 : phonetic;
                } else if (inText && Xml.isText(event)) {
                    xml.textTo(text);
                }
            }
        }
    }
}
