/** A made-up company whose customers use a language model: events that look like real ones. */
package io.meterport.bootstrap.demo;
