/** The server: how it is reached, what its failures mean, and how its tables came to be. */
package io.meterport.adapters.postgres.server;
