/** Events: taken in by the one writer, listed, and counted from pages and raw events. */
package io.meterport.adapters.sqlite.event;
