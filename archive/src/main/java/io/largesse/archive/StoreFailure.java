package io.largesse.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What a failed request means to the person who reads of it, and what to do next. */
final class StoreFailure {

    private final StoreSettings settings;

    StoreFailure(StoreSettings settings) {
        this.settings = settings;
    }

    /**
     * @param done the outcome in words, "nothing was stored"
     * @param key of the object, or what else was asked for
     */
    IOException of(SdkException e, String done, String key) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return caused(new InterruptedIOException(done + " under " + key + ": the thread was asked to stop"), e);
        }
        if (e instanceof NoSuchKeyException) {
            return caused(new NoSuchFileException(key, null, "there is no such object in " + settings.place()), e);
        }
        var why = e instanceof AwsServiceException answer ? refusal(answer) : silence(e);
        return new IOException(settings.place() + " " + why + "; " + done + " under " + key, e);
    }

    private static String refusal(AwsServiceException e) {
        var details = e.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : " " + details.errorCode();
        if (code.equals(" NoSuchBucket")) {
            return "has no such bucket: create it, or correct largesse.store.bucket";
        }
        var remedy =
                switch (e.statusCode()) {
                    case 401, 403 ->
                        ": check largesse.store.access-key, secret-key and region, the key's rights and this machine's clock";
                    case 301, 307, 400 -> ": check largesse.store.region, endpoint and path-style";
                    case 429, 500, 502, 503, 504 -> ": it is overloaded or out of order; try again later";
                    default -> "";
                };
        return "answered " + e.statusCode() + code + remedy;
    }

    private static String silence(SdkException e) {
        return "did not answer (" + e.getMessage() + "): check that it runs and that largesse.store.endpoint is right,"
                + " then run this again";
    }

    private static <E extends IOException> E caused(E exception, SdkException cause) {
        exception.initCause(cause);
        return exception;
    }
}
