package io.meterport.application.spi;

/** The meters changed between reading them and storing what was worked out with them: try again. */
public final class StaleCatalog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleCatalog() {
        super("the meters have changed", null, false, false);
    }
}
