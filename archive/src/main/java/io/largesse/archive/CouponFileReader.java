package io.largesse.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads the coupons of a file one after the other. Memory: a row group. */
final class CouponFileReader {

    private CouponFileReader() {}

    /** @throws IOException if the file is none of coupons, or was damaged */
    static void read(Path file, FilterCompat.Filter filter, CouponConsumer consumer) throws IOException {
        try (var reader = open(file, filter)) {
            for (var coupon = next(file, reader); coupon != null; coupon = next(file, reader)) {
                consumer.accept(coupon);
            }
        }
    }

    private static ParquetReader<ArchivedCoupon> open(Path file, FilterCompat.Filter filter) throws IOException {
        return new Builder(new LocalInputFile(file))
                .withCodecFactory(new ZstdCodec())
                .withFilter(filter)
                .build();
    }

    private static @Nullable ArchivedCoupon next(Path file, ParquetReader<ArchivedCoupon> reader) throws IOException {
        try {
            return reader.read();
        } catch (RuntimeException e) {
            throw new IOException(file.getFileName() + " is no file of archived coupons, or it is damaged: " + e, e);
        }
    }

    private static final class Builder extends ParquetReader.Builder<ArchivedCoupon> {

        Builder(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<ArchivedCoupon> getReadSupport() {
            return new Support();
        }
    }

    private static final class Support extends ReadSupport<ArchivedCoupon> {

        @Override
        public ReadContext init(InitContext context) {
            return new ReadContext(CouponAssembly.COLUMNS);
        }

        @Override
        public RecordMaterializer<ArchivedCoupon> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> metadata,
                MessageType schema,
                ReadContext context) {
            return new CouponAssembly();
        }

        @Override
        public RecordMaterializer<ArchivedCoupon> prepareForRead(
                Configuration configuration, Map<String, String> metadata, MessageType schema, ReadContext context) {
            return new CouponAssembly();
        }
    }
}
