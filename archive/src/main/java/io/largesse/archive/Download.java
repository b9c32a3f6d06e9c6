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
    public Path transform(GetObjectResponse answer, AbortableInputStream content) {
        try (content) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RetryableException.create("the connection broke, or " + file.getParent() + " is full: " + e, e);
        }
        return file;
    }
}
