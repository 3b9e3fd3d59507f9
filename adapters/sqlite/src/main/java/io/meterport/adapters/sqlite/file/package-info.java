/** The file: how it is opened, locked, migrated, read by many and written by one. */
package io.meterport.adapters.sqlite.file;
