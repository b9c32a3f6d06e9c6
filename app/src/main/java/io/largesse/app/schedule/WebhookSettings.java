package io.largesse.app.schedule;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who is told of what failed.
 *
 * @param url that is posted to; nobody if it is not set
 * @param secretFile at least 32 bytes, of which the signature is made; needed with the url
 */
@ConfigurationProperties("largesse.webhook")
record WebhookSettings(@Nullable URI url, @Nullable Path secretFile) {}
