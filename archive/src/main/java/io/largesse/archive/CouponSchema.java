package io.largesse.archive;

import static java.util.stream.Collectors.joining;

import io.largesse.coupons.ArchivedCampaign;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** The columns of an archived coupon, and how they are written. What its campaign tells of it is in each row, for queries. */
final class CouponSchema extends WriteSupport<ArchivedCoupon> {

    /** In the footer: the campaigns of the coupons, each with its template, whole, as an array of JSON. */
    static final String CAMPAIGNS = "largesse.campaigns";

    static final MessageType COLUMNS = MessageTypeParser.parseMessageType("""
            message coupon {
              required binary code (STRING);
              required int64 campaign_id;
              required binary campaign (STRING);
              required binary business (STRING);
              required binary template (STRING);
              required int32 template_version;
              required binary user_id (STRING);
              required binary source_kind (STRING);
              required int64 source_id;
              required int32 ordinal;
              required binary status (STRING);
              required int64 issued_at (TIMESTAMP(MICROS,true));
              required int64 valid_from (TIMESTAMP(MICROS,true));
              required int64 valid_to (TIMESTAMP(MICROS,true));
              required int64 face_value;
              required binary currency (STRING);
              optional binary order_id (STRING);
              required int64 updated_at (TIMESTAMP(MICROS,true));
            }
            """);

    private final LongFunction<ArchivedCampaign> campaigns;
    private final Map<Long, Described> described = new LinkedHashMap<>();
    private final Map<String, Binary> words = new HashMap<>();
    private @Nullable Described last;
    private @Nullable RecordConsumer out;
    private int column;

    CouponSchema(LongFunction<ArchivedCampaign> campaigns) {
        this.campaigns = campaigns;
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(COLUMNS, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(COLUMNS, Map.of());
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        var snapshots =
                described.values().stream().map(d -> d.campaign.snapshot()).collect(joining(",", "[", "]"));
        return new FinalizedWriteContext(Map.of(CAMPAIGNS, snapshots));
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        this.out = consumer;
    }

    @Override
    public void write(ArchivedCoupon c) {
        var to = Objects.requireNonNull(out);
        var of = described(c.campaignId());
        to.startMessage();
        column = 0;
        text(to, bytes(c.code()));
        number(to, c.campaignId());
        text(to, of.name);
        text(to, of.business);
        text(to, of.template);
        integer(to, of.campaign.templateVersion());
        text(to, bytes(c.userId()));
        text(to, word(c.sourceKind()));
        number(to, c.sourceId());
        integer(to, c.ordinal());
        text(to, word(c.status()));
        number(to, c.issuedAt());
        number(to, c.validFrom());
        number(to, c.validTo());
        number(to, c.faceValue());
        text(to, of.currency);
        text(to, c.orderId() == null ? null : bytes(c.orderId()));
        number(to, c.updatedAt());
        to.endMessage();
    }

    private Described described(long campaign) {
        var known = last;
        if (known == null || known.campaign.id() != campaign) {
            known = described.computeIfAbsent(campaign, id -> new Described(campaigns.apply(id)));
            last = known;
        }
        return known;
    }

    /** Of the few that there are. */
    private Binary word(String text) {
        return words.computeIfAbsent(text, CouponSchema::bytes);
    }

    /** Not Binary.fromString, which encodes through a buffer. */
    private static Binary bytes(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private void text(RecordConsumer to, @Nullable Binary value) {
        if (value == null) {
            column++;
        } else {
            var field = COLUMNS.getFieldName(column);
            to.startField(field, column);
            to.addBinary(value);
            to.endField(field, column++);
        }
    }

    private void number(RecordConsumer to, long value) {
        var field = COLUMNS.getFieldName(column);
        to.startField(field, column);
        to.addLong(value);
        to.endField(field, column++);
    }

    private void integer(RecordConsumer to, int value) {
        var field = COLUMNS.getFieldName(column);
        to.startField(field, column);
        to.addInteger(value);
        to.endField(field, column++);
    }

    private static final class Described {

        private final ArchivedCampaign campaign;
        private final Binary name;
        private final Binary business;
        private final Binary template;
        private final Binary currency;

        Described(ArchivedCampaign campaign) {
            this.campaign = campaign;
            this.name = bytes(campaign.name());
            this.business = bytes(campaign.business());
            this.template = bytes(campaign.template());
            this.currency = bytes(campaign.currency());
        }
    }
}
