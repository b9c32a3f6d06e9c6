package io.largesse.app.schedule;

import io.largesse.app.cli.Json;

/**
 * Something that failed, for somebody who is to hear of it.
 *
 * @param delivery the same for each attempt to tell it
 * @param heard to be called once it was heard
 */
record Notice(String delivery, Json body, Runnable heard) {}
