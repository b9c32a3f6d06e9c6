package io.largesse.samples.bench;

/** Moments in the life of a grant, by what a transaction does to the public tables. */
enum Moment {
    RECEIVED("coupon_grant", "INSERT", "true"),
    ROWS_STAGED(
            "batch_step_execution", "UPDATE", "NEW.step_name LIKE 'stage%' AND NEW.commit_count > OLD.commit_count"),
    NUMBERED("coupon_grant", "UPDATE", "NEW.recipients IS NOT NULL AND OLD.recipients IS NULL"),
    CHECKED("coupon_grant", "UPDATE", "NEW.state = 'CHECKED' AND OLD.state <> 'CHECKED'"),
    SERIALS_RESERVED("code_range", "INSERT", "true"),
    CODES_PUSHED(
            "batch_step_execution",
            "UPDATE",
            "NEW.step_name LIKE 'push-part%' AND NEW.commit_count > OLD.commit_count"),
    /** The script has moved the codes to a block. */
    CODES_ALLOTTED("allotment_block", "INSERT", "true"),
    /** All codes are there and dealt over the positions. */
    ARRANGED("allotment_block", "UPDATE", "NEW.first_position IS NOT NULL AND OLD.first_position IS NULL"),
    GIVING_BACK("allotment_block", "UPDATE", "NEW.given_back AND NOT OLD.given_back"),
    /** The codes of a block are in the pool again. */
    GIVEN_BACK("allotment_block", "UPDATE", "cardinality(NEW.codes) = 0 AND cardinality(OLD.codes) > 0"),
    COUPONS_ISSUED("coupon", "INSERT", "true"),
    COUPONS_REVOKED("coupon", "UPDATE", "NEW.status = 'REVOKED' AND OLD.status <> 'REVOKED'"),
    REVOKED("coupon_grant", "UPDATE", "NEW.state = 'REVOKED' AND OLD.state <> 'REVOKED'"),
    /** The program holds the row of its run. */
    BEAT("run", "UPDATE", "NEW.state = 'RUNNING' AND NEW.owner = OLD.owner AND NEW.lease_until > OLD.lease_until"),
    DONE("coupon_grant", "UPDATE", "NEW.state = 'DONE' AND OLD.state <> 'DONE'"),
    /** The report is in the object store. */
    REPORTED("coupon_grant", "UPDATE", "NEW.report_key IS NOT NULL AND OLD.report_key IS NULL"),
    RUN_ENDED("run", "UPDATE", "NEW.state = 'DONE' AND OLD.state <> 'DONE'");

    final String table;
    final String event;
    final String condition;

    Moment(String table, String event, String condition) {
        this.table = table;
        this.event = event;
        this.condition = condition;
    }
}
