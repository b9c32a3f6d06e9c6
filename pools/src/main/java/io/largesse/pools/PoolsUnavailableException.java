package io.largesse.pools;

/**
 * Redis did not answer, or refused because it is full. Whether the request took place is not known; asked again, it has
 * no second effect.
 */
public final class PoolsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PoolsUnavailableException(String request, Throwable cause) {
        super(
                "Redis did not carry out \"" + request + "\": " + cause.getMessage()
                        + ". Whether it took place is not known; repeat it once Redis answers, it has no second effect.",
                cause);
    }
}
