package io.meterport.application.spi;

/**
 * How far a build is.
 *
 * @param done how many stored events it has looked at
 * @param total how many it has to look at; at least {@code done}
 */
public record BuildProgress(long done, long total) {}
