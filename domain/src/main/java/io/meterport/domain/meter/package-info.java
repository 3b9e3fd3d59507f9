/** What is counted: meters, how they aggregate, and what one event contributes to one meter. */
package io.meterport.domain.meter;
