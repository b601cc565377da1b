package io.github.defenderreactive.cli.internal.drift;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The types of a CSDL document, which OData services return for {@code $metadata}.
 *
 * @param types the entity types and complex types by qualified name
 * @param enums the names of the values of enumerations by qualified name
 */
record Csdl(Map<String, Type> types, Map<String, List<String>> enums) {

    private static final long MAX_SIZE = 64L << 20;
    private static final int MAX_BASES = 50;

    /**
     * A type.
     *
     * @param base the qualified name of the base type, or null
     * @param members the types of its own members by name
     */
    record Type(@Nullable String base, Map<String, String> members) {}

    /**
     * Reads a document. Document types and external entities are refused.
     *
     * @throws UsageException if the file is not such a document, or is too large
     */
    static Csdl read(Path file) {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new UsageException("--metadata must not be larger than 64 MB: " + file);
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                return read(in);
            }
        } catch (IOException e) {
            throw new UsageException("Cannot read --metadata " + file + ": " + e.getMessage());
        } catch (XMLStreamException e) {
            throw new UsageException("--metadata must be an XML document without a document type: " + file + ", line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNumber()));
        }
    }

    private static Csdl read(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        Reading reading = new Reading();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.DTD) {
                throw new XMLStreamException("a document type", xml.getLocation());
            }
            if (event == XMLStreamReader.START_ELEMENT) {
                reading.element(xml);
            }
        }
        return new Csdl(reading.types, reading.enums);
    }

    /** Returns the types of the members of a type and its bases, by name. */
    Map<String, String> members(String type) {
        Map<String, String> members = new TreeMap<>();
        Type at = types.get(type);
        for (int i = 0; at != null && i < MAX_BASES; i++) {
            at.members().forEach(members::putIfAbsent);
            at = at.base() == null ? null : types.get(at.base());
        }
        return members;
    }

    /** The elements so far. */
    private static final class Reading {

        private final Map<String, Type> types = new TreeMap<>();
        private final Map<String, List<String>> enums = new TreeMap<>();
        private final Map<String, String> namespaces = new TreeMap<>();
        private String namespace = "";
        private Map<String, String> members = new TreeMap<>();
        private List<String> values = new ArrayList<>();

        void element(XMLStreamReader xml) {
            String name = attribute(xml, "Name");
            switch (xml.getLocalName()) {
                case "Schema" -> {
                    namespace = attribute(xml, "Namespace");
                    namespaces.put(attribute(xml, "Alias"), namespace);
                }
                case "EntityType", "ComplexType" -> {
                    members = new TreeMap<>();
                    String base = attribute(xml, "BaseType");
                    types.put(namespace + "." + name, new Type(base.isEmpty() ? null : qualified(base), members));
                }
                case "Property", "NavigationProperty" -> members.put(name, qualified(attribute(xml, "Type")));
                case "EnumType" -> {
                    values = new ArrayList<>();
                    enums.put(namespace + "." + name, values);
                }
                case "Member" -> values.add(name);
                default -> {}
            }
        }

        /** Replaces the alias of a namespace. */
        private String qualified(String type) {
            boolean list = type.startsWith("Collection(") && type.endsWith(")");
            String plain = list ? type.substring("Collection(".length(), type.length() - 1) : type;
            int dot = plain.lastIndexOf('.');
            String known = dot < 0 ? null : namespaces.get(plain.substring(0, dot));
            String full = known == null ? plain : known + plain.substring(dot);
            return list ? "Collection(" + full + ")" : full;
        }

        private static String attribute(XMLStreamReader xml, String name) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }
    }
}
