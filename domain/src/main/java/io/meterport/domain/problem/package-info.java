/** What can go wrong that a caller could have expected, as values. Depends on nothing. */
package io.meterport.domain.problem;
