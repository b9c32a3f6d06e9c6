package io.largesse.archive;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's client, made when it is first needed: a command that stores nothing does not pay for it. */
final class S3Connection implements AutoCloseable {

    private final StoreSettings settings;
    private final Patience patience;
    private @Nullable S3Client client;
    private boolean closed;

    S3Connection(StoreSettings settings, Patience patience) {
        this.settings = settings;
        this.patience = patience;
    }

    synchronized S3Client client() {
        if (closed) {
            throw new IllegalStateException(settings.place() + " was closed already");
        }
        if (client == null) {
            client = connect();
        }
        return client;
    }

    private S3Client connect() {
        var http = Apache5HttpClient.builder()
                .connectionTimeout(patience.connect())
                .socketTimeout(patience.silence());
        var always = settings.checksums() == StoreSettings.Checksums.WHEN_SUPPORTED;
        var builder = S3Client.builder()
                .httpClientBuilder(http)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .requestChecksumCalculation(
                        always ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        always ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(o -> o
                        // what stands in a user's ~/.aws is none of our settings
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(patience.attempts())
                                .build()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
