package io.largesse.samples.bench;

/**
 * Holds the program at a moment of its work without its help: a trigger in PostgreSQL that waits for a lock which this
 * side holds. One trap at a time; whatever comes after the transaction that is caught passes.
 */
final class Trap implements AutoCloseable {

    /** Where in the transaction it is caught. */
    enum Point {
        /** Before its first row of that kind is written. */
        FIRST_ROW,
        /** Everything is written, COMMIT has arrived, nothing is committed. */
        COMMIT
    }

    private static final long LOCK = 7_346_001;

    private final Stores stores;
    private final Sql holder;

    private Trap(Stores stores) {
        this.stores = stores;
        this.holder = stores.sql();
    }

    /** @param nth which of the transactions that do this, from 1 */
    static Trap set(Stores stores, Moment moment, int nth, Point point) {
        var trap = new Trap(stores);
        remove(trap.holder);
        trap.holder.run("SELECT pg_advisory_lock(" + LOCK + ")");
        trap.holder.run("CREATE SEQUENCE trap_transactions");
        trap.at(nth);
        var when = " ON " + moment.table + (point == Point.COMMIT ? " DEFERRABLE INITIALLY DEFERRED" : "")
                + " FOR EACH ROW WHEN (" + moment.condition + ") EXECUTE FUNCTION trap()";
        trap.holder.run(
                point == Point.COMMIT
                        ? "CREATE CONSTRAINT TRIGGER trap AFTER " + moment.event + when
                        : "CREATE TRIGGER trap BEFORE " + moment.event + when);
        return trap;
    }

    private void at(int nth) {
        holder.run("""
                CREATE OR REPLACE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF current_setting('trap.seen', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
                    PERFORM set_config('trap.seen', pg_current_xact_id()::text, true);
                    IF nextval('trap_transactions') = %d THEN PERFORM pg_advisory_xact_lock(%d); END IF;
                  END IF;
                  RETURN NEW;
                END $$""".formatted(nth, LOCK));
    }

    /** Lets what is held go on and holds a later transaction: the nth since the trap was set. */
    void moveTo(int nth) {
        at(nth);
        release();
        holder.run("SELECT pg_advisory_lock(" + LOCK + ")");
    }

    /** Whether the program is held, or has ended without coming here. */
    boolean awaitCatchOrEnd(ProgramProcess program) {
        Waiting.until("the program to come to the trap or to its end", () -> !program.isRunning() || isHolding());
        return program.isRunning();
    }

    /** Waits until the program is held. */
    void awaitCatch(ProgramProcess program) {
        Waiting.until("the program to come to the trap", () -> program.mustRun() && isHolding());
    }

    private boolean isHolding() {
        return holder.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = " + LOCK
                        + " AND NOT granted")
                > 0;
    }

    /** Lets what is held go on. */
    void release() {
        holder.run("SELECT pg_advisory_unlock(" + LOCK + ")");
    }

    /** Whether a commit is durable and waits to be answered, see {@code Faults.holdCommits}. */
    boolean isUnanswered() {
        return holder.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query ILIKE 'commit%'")
                > 0;
    }

    /** Removes the trap; what it still holds is ended and undone. */
    @Override
    public void close() {
        try (var sql = stores.sql()) {
            sql.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = " + LOCK
                    + " AND NOT granted");
            holder.close();
            remove(sql);
        }
    }

    private static void remove(Sql sql) {
        sql.run("SET lock_timeout = '20s'");
        sql.run("DROP FUNCTION IF EXISTS trap CASCADE");
        sql.run("DROP SEQUENCE IF EXISTS trap_transactions");
    }
}
