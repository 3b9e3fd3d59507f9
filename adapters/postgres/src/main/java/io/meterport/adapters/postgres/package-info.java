/** Storage in PostgreSQL, shared by several nodes. */
package io.meterport.adapters.postgres;
