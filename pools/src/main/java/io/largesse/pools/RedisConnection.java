package io.largesse.pools;

import java.net.URI;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/**
 * Makes Redisson clients that suit pools: plain strings, few threads, no connection before the first request, and an
 * end to every request.
 *
 * @param url {@code redis://[[user]:password@]host:port[/database]}, or {@code rediss://} for TLS
 * @param timeout the longest that one request takes, repetitions included
 * @param connections the most requests at a time
 */
public record RedisConnection(String url, Duration timeout, int connections) {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 16;

    /** A request is sent three times at most, which is safe as every script of ours may run twice. */
    private static final int REPETITIONS = 2;

    public RedisConnection {
        if (timeout.toMillis() < 100 || timeout.toHours() > 0) {
            throw new IllegalArgumentException("a timeout of Redis is 0.1 s to 1 h, not " + timeout);
        }
        if (connections < 1) {
            throw new IllegalArgumentException("Redis needs a connection at least, not " + connections);
        }
    }

    /** With 3 s and 16 connections. */
    public RedisConnection(String url) {
        this(url, TIMEOUT, CONNECTIONS);
    }

    /** The caller shuts the client down. */
    public RedissonClient open() {
        // three attempts of 30 % each and two pauses of 5 %
        int attempt = (int) (timeout.toMillis() * 3 / 10);
        var config = new Config()
                .setCodec(StringCodec.INSTANCE)
                .setThreads(2)
                .setNettyThreads(2)
                .setLazyInitialization(true);
        config.useSingleServer()
                .setAddress(url)
                .setTimeout(attempt)
                .setConnectTimeout(attempt)
                .setRetryAttempts(REPETITIONS)
                .setRetryDelay(new ConstantDelay(timeout.dividedBy(20)))
                .setConnectionPoolSize(connections)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setSubscriptionConnectionPoolSize(1)
                .setDnsMonitoringInterval(-1);
        return Redisson.create(config);
    }

    /** Without the password. */
    @Override
    public String toString() {
        var uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    }
}
