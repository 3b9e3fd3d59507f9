/** Everything in the file, told to another storage. */
package io.meterport.adapters.sqlite.move;
