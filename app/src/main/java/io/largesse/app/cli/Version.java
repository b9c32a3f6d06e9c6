package io.largesse.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Largesse.class.getPackage().getImplementationVersion();
        return new String[] {
            "largesse " + (version == null ? "(development)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
