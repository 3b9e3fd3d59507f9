package io.meterport.adapters.sqlite.key;

import java.sql.SQLException;

/** Goes through keys in rising order, unsigned. Stands before the first one at the beginning. */
interface KeyCursor {
    /** Goes to the next key; false if there is none. */
    boolean next() throws SQLException;

    /** The first half of the key that it stands on. */
    long high();

    /** The second half. */
    long low();
}
