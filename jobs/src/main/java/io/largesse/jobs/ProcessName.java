package io.largesse.jobs;

/**
 * What this process calls itself as the owner of runs, at most 60 characters. Its database sessions carry it as their
 * application name, so that a process that takes a run over can end them.
 */
public record ProcessName(String value) {

    private static final int MOST = 60;

    public ProcessName {
        if (value.isEmpty() || value.length() > MOST) {
            throw new IllegalArgumentException("a process name has 1 to " + MOST + " characters: " + value);
        }
    }
}
