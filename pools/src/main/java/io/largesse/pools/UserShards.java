package io.largesse.pools;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which shard a user's claims are in. Never to be changed: claims that Redis remembers would not be found. */
public record UserShards(int shards) {

    public int of(String user) {
        var crc = new CRC32();
        crc.update(user.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % shards);
    }
}
