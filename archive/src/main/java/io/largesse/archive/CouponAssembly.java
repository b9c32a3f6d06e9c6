package io.largesse.archive;

import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Puts coupons together from their columns. What a file tells of its campaign beside them is left out. */
final class CouponAssembly extends RecordMaterializer<ArchivedCoupon> {

    static final MessageType COLUMNS = new MessageType(
            "coupon",
            CouponSchema.COLUMNS.getFields().stream()
                    .filter(field -> switch (field.getName()) {
                        case "campaign", "business", "template", "template_version", "currency" -> false;
                        default -> true;
                    })
                    .toList());

    private final Text code = new Text();
    private final Number campaign = new Number();
    private final Text user = new Text();
    private final Text sourceKind = new Text();
    private final Number sourceId = new Number();
    private final Number ordinal = new Number();
    private final Text status = new Text();
    private final Number issuedAt = new Number();
    private final Number validFrom = new Number();
    private final Number validTo = new Number();
    private final Number faceValue = new Number();
    private final Text orderId = new Text();
    private final Number updatedAt = new Number();

    /** In the order of the columns. */
    private final List<Converter> converters = List.of(
            code,
            campaign,
            user,
            sourceKind,
            sourceId,
            ordinal,
            status,
            issuedAt,
            validFrom,
            validTo,
            faceValue,
            orderId,
            updatedAt);

    private final GroupConverter root = new GroupConverter() {

        @Override
        public Converter getConverter(int column) {
            return converters.get(column);
        }

        @Override
        public void start() {
            orderId.value = null; // the only one that a coupon may be without
        }

        @Override
        public void end() {}
    };

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    @Override
    public ArchivedCoupon getCurrentRecord() {
        return new ArchivedCoupon(
                code.required(),
                campaign.value,
                user.required(),
                sourceKind.required(),
                sourceId.value,
                (int) ordinal.value,
                status.required(),
                issuedAt.value,
                validFrom.value,
                validTo.value,
                faceValue.value,
                orderId.value,
                updatedAt.value);
    }

    private static final class Text extends PrimitiveConverter {

        private @Nullable String value;
        private String[] words = {};

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            words = new String[dictionary.getMaxId() + 1];
            for (int i = 0; i < words.length; i++) {
                words[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int word) {
            value = words[word];
        }

        @Override
        public void addBinary(Binary text) {
            value = text.toStringUsingUTF8();
        }

        String required() {
            return Objects.requireNonNull(value);
        }
    }

    private static final class Number extends PrimitiveConverter {

        private long value;

        @Override
        public void addLong(long number) {
            value = number;
        }

        @Override
        public void addInt(int number) {
            value = number;
        }
    }
}
