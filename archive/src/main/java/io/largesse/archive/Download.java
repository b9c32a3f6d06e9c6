package io.largesse.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object on its way into a file; a connection that breaks on the way is tried again from the start. */
record Download(Path file) implements ResponseTransformer<GetObjectResponse, Path> {

    @Override
    public Path transform(GetObjectResponse answer, AbortableInputStream content) throws IOException {
        long read;
        try (content) {
            read = Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RetryableException.create("the connection broke, or " + file.getParent() + " is full: " + e, e);
        }
        // the JDK's HTTP client takes a connection that ends too early for the end of the content
        if (answer.contentLength() != null && read != answer.contentLength()) {
            throw RetryableException.create(
                    "the connection ended after " + read + " of " + answer.contentLength() + " bytes");
        }
        return file;
    }
}
