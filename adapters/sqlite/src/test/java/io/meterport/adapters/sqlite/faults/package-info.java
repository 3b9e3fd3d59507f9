/** What the storage does when the disk does not do what it is told. */
package io.meterport.adapters.sqlite.faults;
