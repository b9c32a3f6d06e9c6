package io.largesse.coupons;

/**
 * An object as it stood when the store was asked.
 *
 * @param bytes its size
 * @param tag of its content, as the store gives it (S3: the ETag): another one means that it was written anew
 */
public record StoredObject(String key, long bytes, String tag) {}
