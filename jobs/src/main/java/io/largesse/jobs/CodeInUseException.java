package io.largesse.jobs;

import java.sql.SQLException;

/**
 * A code that was allotted has become somebody's coupon before this grant issued it, which only a Redis that went back in
 * time makes possible. The chunk is rolled back; allotting once more replaces such codes.
 */
class CodeInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CodeInUseException(long grant, SQLException cause) {
        super("grant " + grant + " was to issue a code that is a coupon already", cause);
    }
}
