/** Values of the domain as the texts that stores keep in a column: the same in every store. */
package io.meterport.adapters.json.stored;
