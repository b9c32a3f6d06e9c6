package io.largesse.coupons;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128 as a pseudorandom function over single blocks: a tag and a number go in, pseudorandom bits come out. A whole
 * batch is one call of the cipher, which is what makes a million codes cost a fraction of a second. Inputs of one key
 * are all different in (tag, number), so ECB is no mode here, only a loop. Not thread safe.
 */
final class BlockPrf {

    /** 16 KB each way: stays in the first-level cache. */
    static final int BATCH = 1024;

    private static final int BLOCK = 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher aes;
    private final byte[] in = new byte[BATCH * BLOCK];
    private final byte[] out = new byte[BATCH * BLOCK];

    /** @param key 16 bytes */
    BlockPrf(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-128", e);
        }
    }

    /** Sets the i-th input of the next {@link #apply}. */
    void set(int i, int tag, long number) {
        LONGS.set(in, i * BLOCK, (long) tag);
        LONGS.set(in, i * BLOCK + 8, number);
    }

    /** Computes the first n outputs, n at most {@link #BATCH}. */
    void apply(int n) {
        try {
            aes.update(in, 0, n * BLOCK, out, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The highest bits (1 to 63) of the i-th output. */
    long bits(int i, int count) {
        return (long) LONGS.get(out, i * BLOCK) >>> (64 - count);
    }
}
