/** The embedded storage: one SQLite file, one writer. */
package io.meterport.adapters.sqlite;
