package io.meterport.application.spi;

/** A storage that can be moved into another one, with all that is in it. */
@FunctionalInterface
public interface Movable {
    /**
     * Shows everything, in one state of the storage: the tables in their order, the rows of each in
     * any order, no row twice.
     *
     * @throws io.meterport.domain.problem.ProblemException if something cannot be read, or is not
     *     as it was written
     */
    void give(MovedRows to);
}
