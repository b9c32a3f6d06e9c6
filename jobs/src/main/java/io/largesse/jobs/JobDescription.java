package io.largesse.jobs;

import java.util.List;

/** A job that people and schedules may run: {@code parameters} are names, those in brackets may be left out. */
public record JobDescription(String name, String purpose, List<String> parameters) {}
