package io.largesse.readers;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A pull parser over a part of a workbook. Names are compared without their namespace, since the strict and the
 * transitional form of the format differ in nothing else that matters here.
 */
final class Xml {

    /** Sheets nest seven deep. */
    private static final int DEEPEST = 64;

    /** The parser keeps every name it meets; the whole format has fewer. */
    private static final int MOST_NAMES = 2_000;

    private final XMLStreamReader in;
    private final Origin origin;
    private final Set<String> names = new HashSet<>();
    private int depth;

    Xml(InputStream bytes, Origin origin) throws XMLStreamException {
        this.origin = origin;
        // one factory a part: a shared one would keep every name that any hostile file ever used
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        in = factory.createXMLStreamReader(bytes);
    }

    /** The next event of {@link XMLStreamConstants}. */
    int next() throws XMLStreamException {
        var event = in.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                depth++;
                remember();
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw origin.refusal("readers.file.entity");
            default -> {}
        }
        if (depth > DEEPEST || names.size() > MOST_NAMES) {
            throw origin.refusal("readers.file.bomb");
        }
        return event;
    }

    private void remember() {
        names.add(in.getLocalName());
        for (var i = 0; i < in.getAttributeCount(); i++) {
            names.add(in.getAttributeLocalName(i));
        }
        for (var i = 0; i < in.getNamespaceCount(); i++) {
            names.add("xmlns:" + in.getNamespacePrefix(i));
        }
    }

    /** Goes to the next start of an element, whatever its depth; false at the end. */
    boolean nextStart() throws XMLStreamException {
        for (var event = next(); event != XMLStreamConstants.END_DOCUMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    int depth() {
        return depth;
    }

    String name() {
        return in.getLocalName();
    }

    boolean is(String name) {
        return in.getLocalName().equals(name);
    }

    int attributes() {
        return in.getAttributeCount();
    }

    String attributeName(int i) {
        return in.getAttributeLocalName(i);
    }

    String attribute(int i) {
        return in.getAttributeValue(i);
    }

    @Nullable
    String attribute(String name) {
        for (var i = 0; i < in.getAttributeCount(); i++) {
            if (in.getAttributeLocalName(i).equals(name)) {
                return in.getAttributeValue(i);
            }
        }
        return null;
    }

    static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    /** Adds the text of the event at hand. */
    void textTo(CellText text) {
        text.add(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
    }
}
