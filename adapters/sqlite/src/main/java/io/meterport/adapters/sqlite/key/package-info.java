/** Which events are known already: the keys of all of them, to be asked about by the thousand. */
package io.meterport.adapters.sqlite.key;
