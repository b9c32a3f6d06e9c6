package io.largesse.coupons;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's secret keys of {@linkplain CodeFormat#OPAQUE opaque codes}, each in force from a date on until the
 * next one's date. A code is made and read with the key that is in force at the date printed in it, so a new key leaves
 * older codes valid; its date must lie after every date that codes were already made for.
 *
 * <p>As text, one line a key, {@code 2026-11-23 = } and 32 bytes in base64; empty lines and what follows a # are
 * ignored. Immutable and thread safe. No method and no message shows a key.
 */
public final class CodeKeys {

    private static final int KEY_BYTES = 32;
    private static final int SUBKEY_BYTES = 32;

    private final NavigableMap<LocalDate, byte[]> keys;

    private CodeKeys(NavigableMap<LocalDate, byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads the text form.
     *
     * @throws RefusedException if a line is no key or there is none; names the line, from 1, and never its content
     */
    public static CodeKeys parse(String text) {
        var keys = new TreeMap<LocalDate, byte[]>();
        int number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.replaceFirst("#.*", "").strip();
            if (!line.isEmpty() && keys.put(date(line, number), key(line, number)) != null) {
                throw RefusedException.of("coupons.code-keys.twice", number, date(line, number));
            }
        }
        if (keys.isEmpty()) {
            throw RefusedException.of("coupons.code-keys.none");
        }
        return new CodeKeys(keys);
    }

    /** A line with a fresh key; it is a secret. */
    public static String newKeyLine(LocalDate from, SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return from + " = " + Base64.getEncoder().encodeToString(key);
    }

    /** Sixteen hex digits that tell this set of keys from any other; safe to store and to show. */
    public String fingerprint() {
        var all = sha256();
        keys.forEach((from, key) -> {
            all.update(from.toString().getBytes(StandardCharsets.US_ASCII));
            all.update(expand(key, "largesse fingerprint"));
        });
        return HexFormat.of().formatHex(all.digest(), 0, 8);
    }

    /** As {@link #fingerprint()}, of the one key in force at a date; empty if none was yet. Rotation leaves it as it is. */
    public Optional<String> fingerprint(LocalDate date) {
        return Optional.ofNullable(keys.floorEntry(date))
                .map(entry -> sha256().digest(expand(entry.getValue(), "largesse fingerprint")))
                .map(digest -> HexFormat.of().formatHex(digest, 0, 8));
    }

    /** The 32 bytes of key for one prefix and date; empty if no key was in force yet. */
    Optional<byte[]> subkeys(String prefix, LocalDate date) {
        return Optional.ofNullable(keys.floorEntry(date))
                .map(entry -> expand(
                        entry.getValue(),
                        "largesse opaque codes 1/" + prefix + "/" + date.format(DateTimeFormatter.BASIC_ISO_DATE)));
    }

    @Override
    public String toString() {
        return "CodeKeys" + keys.keySet();
    }

    private static LocalDate date(String line, int number) {
        var end = line.indexOf('=');
        if (end < 0) {
            throw RefusedException.of("coupons.code-keys.form", number);
        }
        try {
            return LocalDate.parse(line.substring(0, end).strip());
        } catch (DateTimeException e) {
            throw RefusedException.of("coupons.code-keys.form", number);
        }
    }

    private static byte[] key(String line, int number) {
        byte[] key;
        try {
            key = Base64.getDecoder()
                    .decode(line.substring(line.indexOf('=') + 1).strip());
        } catch (IllegalArgumentException e) {
            // not its cause: the decoder's message quotes a character of the key
            throw RefusedException.of("coupons.code-keys.base64", number);
        }
        if (key.length != KEY_BYTES) {
            throw RefusedException.of("coupons.code-keys.length", number, key.length, KEY_BYTES);
        }
        return key;
    }

    /** One block of HKDF-Expand (RFC 5869) with HMAC-SHA256; the installation's key is random, so Extract is not needed. */
    private static byte[] expand(byte[] key, String info) {
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
            hmac.update(info.getBytes(StandardCharsets.US_ASCII));
            hmac.update((byte) 1);
            var block = hmac.doFinal();
            assert block.length == SUBKEY_BYTES;
            return block;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HMAC-SHA256", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
