/** Definitions, tokens, revocations and keys: few rows, kept through JDBI. */
package io.meterport.adapters.postgres.catalog;
