package io.largesse.coupons;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A set of codes, a bit for each serial of the blocks in which there are some: 8 KiB for 65,536. Not thread safe. */
public final class CodeBits {

    static final int OF_A_BLOCK = 1 << 16;

    private final Map<Block, byte[]> blocks = new TreeMap<>();
    private final Set<Block> changed = new TreeSet<>();

    /** @return false if it was in the set already */
    public boolean add(CodePlace code) {
        var bits = blocks.computeIfAbsent(Block.of(code), block -> new byte[OF_A_BLOCK / Byte.SIZE]);
        int at = at(code);
        int bit = 1 << at % Byte.SIZE;
        var fresh = (bits[at / Byte.SIZE] & bit) == 0;
        bits[at / Byte.SIZE] |= (byte) bit;
        changed.add(Block.of(code));
        return fresh;
    }

    /** @return false if it was not in the set */
    public boolean remove(CodePlace code) {
        var bits = blocks.get(Block.of(code));
        if (bits == null || !contains(code)) {
            return false;
        }
        int at = at(code);
        bits[at / Byte.SIZE] &= (byte) ~(1 << at % Byte.SIZE);
        changed.add(Block.of(code));
        return true;
    }

    public boolean contains(CodePlace code) {
        var bits = blocks.get(Block.of(code));
        int at = at(code);
        return bits != null && (bits[at / Byte.SIZE] & 1 << at % Byte.SIZE) != 0;
    }

    /** Blocks that have changed since they were read. */
    List<Row> changed() {
        var rows = new ArrayList<Row>();
        for (var block : changed) {
            rows.add(new Row(block.range, block.no, Objects.requireNonNull(blocks.get(block))));
        }
        return rows;
    }

    static CodeBits of(List<Row> rows) {
        var bits = new CodeBits();
        rows.forEach(row -> bits.blocks.put(new Block(row.rangeId, row.block), row.bits));
        return bits;
    }

    private static int at(CodePlace code) {
        return (int) (code.offset() % OF_A_BLOCK);
    }

    private record Block(long range, int no) implements Comparable<Block> {

        static Block of(CodePlace code) {
            return new Block(code.range(), (int) (code.offset() / OF_A_BLOCK));
        }

        @Override
        public int compareTo(Block other) {
            return range == other.range ? Integer.compare(no, other.no) : Long.compare(range, other.range);
        }
    }

    /** A block as its table holds it. */
    @SuppressWarnings("ArrayRecordComponent") // of tables of bits, and never compared
    record Row(long rangeId, int block, byte[] bits) {

        void places(Consumer<CodePlace> reader) {
            for (int i = 0; i < OF_A_BLOCK; i++) {
                if ((bits[i / Byte.SIZE] & 1 << i % Byte.SIZE) != 0) {
                    reader.accept(new CodePlace(rangeId, (long) block * OF_A_BLOCK + i));
                }
            }
        }
    }
}
