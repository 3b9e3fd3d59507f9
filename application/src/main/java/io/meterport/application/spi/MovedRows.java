package io.meterport.application.spi;

import java.util.List;
import java.util.Optional;

/** Takes the rows of a storage that is being moved. */
@FunctionalInterface
public interface MovedRows {
    /**
     * Takes one row.
     *
     * @param cells one for each column of the table, in order; empty where there is nothing
     */
    void add(MovedTable table, List<Optional<String>> cells);
}
