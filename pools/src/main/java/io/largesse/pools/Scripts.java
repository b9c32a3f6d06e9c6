package io.largesse.pools;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;

/**
 * Runs scripts. Redisson sends a script again when the answer is late, and a request that was given up may still arrive:
 * every script is therefore one that may run twice.
 */
final class Scripts {

    private final RScript redis;

    Scripts(RedissonClient redisson) {
        this.redis = redisson.getScript(StringCodec.INSTANCE);
    }

    /**
     * @param request in words, for the exception
     * @param keys of one shard
     * @throws PoolsUnavailableException if Redis does not answer within the client's timeout
     */
    List<String> run(String request, Script script, List<Object> keys, Object... arguments) {
        var shard = (String) keys.get(0);
        return answer(request, () -> {
            try {
                return redis.evalSha(shard, Mode.READ_WRITE, script.sha1(), ReturnType.LIST, keys, arguments);
            } catch (RedisNoScriptException e) {
                // after a restart Redis has forgotten its scripts; the source teaches it again
                return redis.eval(shard, Mode.READ_WRITE, script.source(), ReturnType.LIST, keys, arguments);
            }
        });
    }

    /** A script that answers one text, without waiting for it; the future fails with {@link PoolsUnavailableException}. */
    CompletableFuture<String> send(String request, Script script, List<Object> keys, Object... arguments) {
        var shard = (String) keys.get(0);
        return redis.<String>evalShaAsync(shard, Mode.READ_WRITE, script.sha1(), ReturnType.VALUE, keys, arguments)
                .toCompletableFuture()
                .exceptionallyCompose(failure -> cause(failure) instanceof RedisNoScriptException
                        ? redis.<String>evalAsync(
                                        shard, Mode.READ_WRITE, script.source(), ReturnType.VALUE, keys, arguments)
                                .toCompletableFuture()
                        : CompletableFuture.failedFuture(failure))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        cause(failure) instanceof RedisException lost
                                ? new PoolsUnavailableException(request, lost)
                                : failure));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What Redis answers, or an exception that says which request it left open. */
    static <T> T answer(String request, Supplier<T> call) {
        try {
            return call.get();
        } catch (RedisException e) {
            throw new PoolsUnavailableException(request, e);
        }
    }
}
