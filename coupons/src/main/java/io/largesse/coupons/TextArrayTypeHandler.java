package io.largesse.coupons;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.NullUnmarked;

/** {@code text[]} as a list of strings. */
@NullUnmarked
@MappedTypes(List.class)
public class TextArrayTypeHandler extends BaseTypeHandler<List<String>> {

    @Override
    public void setNonNullParameter(PreparedStatement ps, int i, List<String> texts, JdbcType type)
            throws SQLException {
        ps.setArray(i, ps.getConnection().createArrayOf("text", texts.toArray()));
    }

    @Override
    public List<String> getNullableResult(ResultSet rs, String column) throws SQLException {
        return texts(rs.getArray(column));
    }

    @Override
    public List<String> getNullableResult(ResultSet rs, int column) throws SQLException {
        return texts(rs.getArray(column));
    }

    @Override
    public List<String> getNullableResult(CallableStatement cs, int column) throws SQLException {
        return texts(cs.getArray(column));
    }

    private static List<String> texts(Array array) throws SQLException {
        return array == null ? null : Collections.unmodifiableList(Arrays.asList((String[]) array.getArray()));
    }
}
