/** Verification: everything counted anew from events, and compared with what is stored. */
package io.meterport.adapters.sqlite.verify;
