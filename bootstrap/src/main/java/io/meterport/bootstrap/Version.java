package io.meterport.bootstrap;

import java.util.Optional;

/** Which Meterport this is. */
final class Version {
    private Version() {}

    /** As the archive was named; a word where it runs from no archive. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
