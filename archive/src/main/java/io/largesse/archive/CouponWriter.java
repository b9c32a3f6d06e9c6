package io.largesse.archive;

import io.largesse.coupons.ArchivedCampaign;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** Makes writers of coupons as Parquet. Memory of each: a row group of 16 MiB, less if there are few coupons. */
final class CouponWriter extends ParquetWriter.Builder<ArchivedCoupon, CouponWriter> {

    private static final long ROW_GROUP = 16L << 20;

    private final LongFunction<ArchivedCampaign> campaigns;

    private CouponWriter(OutputFile file, LongFunction<ArchivedCampaign> campaigns) {
        super(file);
        this.campaigns = campaigns;
    }

    static ParquetWriter<ArchivedCoupon> to(Path file, LongFunction<ArchivedCampaign> campaigns) throws IOException {
        return new CouponWriter(new LocalOutputFile(file), campaigns)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodec())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP)
                // each is another one, or nearly
                .withDictionaryEncoding("code", false)
                .withDictionaryEncoding("user_id", false)
                .withDictionaryEncoding("order_id", false)
                .withDictionaryEncoding("updated_at", false)
                // in no order as a rule: each page has the least and the greatest, nearly. Users of a list are in its
                // order
                .withStatisticsEnabled("code", false)
                .withStatisticsEnabled("order_id", false)
                // sizes of values tell a planner nothing here
                .withSizeStatisticsEnabled(false)
                .build();
    }

    @Override
    protected CouponWriter self() {
        return this;
    }

    @Override
    protected WriteSupport<ArchivedCoupon> getWriteSupport(Configuration configuration) {
        return new CouponSchema(campaigns);
    }

    @Override
    protected WriteSupport<ArchivedCoupon> getWriteSupport(ParquetConfiguration configuration) {
        return new CouponSchema(campaigns);
    }
}
