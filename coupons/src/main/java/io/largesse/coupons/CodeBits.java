package io.largesse.coupons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * A set of codes by their serials, some two bytes for each however far they are apart. It is kept in blocks of 65,536 serials,
 * each in Roaring's portable form. Not thread safe.
 */
public final class CodeBits {

    static final int OF_A_BLOCK = 1 << 16;

    private final Map<Long, Serials> ranges = new TreeMap<>();

    /** Of one range: which there are, and in which blocks some have changed. */
    private static final class Serials {

        private final RoaringBitmap all = new RoaringBitmap();
        private final BitSet changed = new BitSet();
    }

    /** @return false if it was in the set already */
    public boolean add(CodePlace code) {
        var serials = ranges.computeIfAbsent(code.range(), range -> new Serials());
        serials.changed.set(block(code));
        return serials.all.checkedAdd((int) code.offset());
    }

    /** @return false if it was not in the set */
    public boolean remove(CodePlace code) {
        var serials = ranges.get(code.range());
        if (serials == null || !serials.all.checkedRemove((int) code.offset())) {
            return false;
        }
        serials.changed.set(block(code));
        return true;
    }

    public boolean contains(CodePlace code) {
        var serials = ranges.get(code.range());
        return serials != null && serials.all.contains((int) code.offset());
    }

    private static int block(CodePlace code) {
        return (int) (code.offset() / OF_A_BLOCK);
    }

    /** Blocks that have changed since they were read. */
    List<Row> changed() {
        var rows = new ArrayList<Row>();
        ranges.forEach((range, serials) ->
                serials.changed.stream().forEach(block -> rows.add(Row.of(range, block, serials.all))));
        return rows;
    }

    static CodeBits of(List<Row> rows) {
        var bits = new CodeBits();
        for (var row : rows) {
            bits.ranges
                    .computeIfAbsent(row.rangeId, range -> new Serials())
                    .all
                    .or(RoaringBitmap.addOffset(row.serials(), row.block * OF_A_BLOCK));
        }
        return bits;
    }

    /** Of a block, what an object has of it. */
    @SuppressWarnings("ArrayRecordComponent")
    record ObjectRow(long object, byte[] bits) {

        boolean contains(int at) {
            return new ImmutableRoaringBitmap(ByteBuffer.wrap(bits)).contains(at);
        }
    }

    /** A block as its table holds it. */
    @SuppressWarnings("ArrayRecordComponent") // of tables of bits, and never compared
    record Row(long rangeId, int block, byte[] bits) {

        /** @param serials of the whole range */
        private static Row of(long range, int block, RoaringBitmap serials) {
            var part = new RoaringBitmap();
            var first = block * OF_A_BLOCK;
            var each = serials.getIntIterator();
            each.advanceIfNeeded(first);
            while (each.hasNext() && each.peekNext() - first < OF_A_BLOCK) {
                part.add(each.next() - first);
            }
            return new Row(range, block, bytes(part));
        }

        private static byte[] bytes(RoaringBitmap part) {
            part.runOptimize();
            var bytes = ByteBuffer.allocate(part.serializedSizeInBytes());
            part.serialize(bytes);
            return bytes.array();
        }

        /** As it was kept once: a bit for each serial, the lowest first. */
        static byte[] ofBits(byte[] dense) {
            var part = new RoaringBitmap();
            for (int i = 0; i < dense.length * Byte.SIZE; i++) {
                if ((dense[i / Byte.SIZE] & 1 << i % Byte.SIZE) != 0) {
                    part.add(i);
                }
            }
            return bytes(part);
        }

        private RoaringBitmap serials() {
            try {
                var part = new RoaringBitmap();
                part.deserialize(ByteBuffer.wrap(bits));
                return part;
            } catch (IOException e) {
                throw new UncheckedIOException("block " + block + " of range " + rangeId + " is damaged", e);
            }
        }

        void places(Consumer<CodePlace> reader) {
            serials().forEach((int at) -> reader.accept(new CodePlace(rangeId, (long) block * OF_A_BLOCK + at)));
        }
    }
}
