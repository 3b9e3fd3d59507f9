/**
 * What usage is: windows, queries, filters, and {@code Usage}, the meaning that every store must
 * reproduce.
 */
package io.meterport.domain.usage;
