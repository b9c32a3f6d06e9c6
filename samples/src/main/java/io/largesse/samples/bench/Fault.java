package io.largesse.samples.bench;

/** What can befall a grant. */
enum Fault {
    /** The process is killed at any time. */
    KILLED,
    /** The process is killed inside a transaction. */
    KILLED_IN_TRANSACTION,
    /** The process is killed when its commit is durable and not answered. */
    KILLED_UNANSWERED,
    /** The process is frozen, another one goes on, and it wakes again. */
    FROZEN,
    POSTGRES_KILLED,
    REDIS_KILLED,
    SERVICES_KILLED,
    ALL_SERVERS_KILLED,
    STORE_AWAY
}
