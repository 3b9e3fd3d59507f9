/** Everything of another storage, taken in. */
package io.meterport.adapters.postgres.move;
