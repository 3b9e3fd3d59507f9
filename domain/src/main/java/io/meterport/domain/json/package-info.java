/** JSON as plain values, without a library. Reading and printing text is an adapter's work. */
package io.meterport.domain.json;
