/** What metering means: plain values and functions, no dependency but the JDK. */
package io.meterport.domain;
