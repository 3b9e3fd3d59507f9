/** Definitions of meters, and the usage that they measure. */
package io.meterport.application.meter;
