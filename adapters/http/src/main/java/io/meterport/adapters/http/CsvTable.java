package io.meterport.adapters.http;

import java.io.IOException;

/** A table that can be written line by line. Immutable, so that it can be written twice. */
interface CsvTable {
    /** About how many lines it has. */
    int rows();

    /** Writes all of it, its header first. */
    void write(CsvText csv) throws IOException;
}
