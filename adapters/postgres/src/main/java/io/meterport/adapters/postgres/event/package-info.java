/** Events and what is counted from them. */
package io.meterport.adapters.postgres.event;
