package io.largesse.pools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A Lua script of this package, {@code NAME.lua}, and the digest by which Redis remembers it. */
record Script(String source, String sha1) {

    static final Script PUSH = named("push");
    static final Script TAKE = named("take");
    static final Script DROP = named("drop");
    static final Script PUT_BACK = named("put-back");
    static final Script GIVE_BACK = named("give-back");
    static final Script FENCE = named("fence");
    static final Script SET_GATE = named("set-gate");
    static final Script CLAIM = named("claim");
    static final Script SETTLE_CLAIMS = named("settle-claims");
    static final Script REPLACE_CLAIM = named("replace-claim");
    static final Script REMEMBER_CLAIMS = named("remember-claims");
    static final Script MOVE_OUT = named("move-out");
    static final Script MOVE_IN = named("move-in");
    static final Script MOVE_DONE = named("move-done");

    private static Script named(String name) {
        try (var file = Script.class.getResourceAsStream(name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("the script " + name + ".lua is missing from this build");
            }
            var bytes = file.readAllBytes();
            var sha1 = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(sha1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }
}
