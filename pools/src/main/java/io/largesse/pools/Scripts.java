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

    /**
     * A script that answers one text, without waiting for it, if Redis knows it. The future fails with {@link
     * PoolsUnavailableException}, also if Redis does not: it has been started anew, and somebody must look at what it has.
     */
    CompletableFuture<String> sendKnown(String request, Script script, List<Object> keys, Object... arguments) {
        var shard = (String) keys.get(0);
        try {
            return redis.<String>evalShaAsync(shard, Mode.READ_WRITE, script.sha1(), ReturnType.VALUE, keys, arguments)
                    .toCompletableFuture()
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                            cause(failure) instanceof RedisException lost
                                    ? new PoolsUnavailableException(request, lost)
                                    : failure));
        } catch (RedisException e) { // before it was sent
            return CompletableFuture.failedFuture(new PoolsUnavailableException(request, e));
        }
    }

    /** Whether Redis knows the script; it forgets all when it starts anew. */
    boolean isKnown(Script script) {
        return answer(
                "look for a script", () -> redis.scriptExists(script.sha1()).get(0));
    }

    void teach(Script script) {
        var unused = answer("teach a script", () -> redis.scriptLoad(script.source()));
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
