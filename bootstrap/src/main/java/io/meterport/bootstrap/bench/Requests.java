package io.meterport.bootstrap.bench;

/** The requests of one connection, whose thread alone calls it. */
@FunctionalInterface
interface Requests {
    /** The next one; its bytes stay as they are until the next call. */
    byte[] next();

    /** The last one was answered as expected. */
    default void acknowledged() {}

    /** The last one was answered otherwise. */
    default void refused() {}
}
