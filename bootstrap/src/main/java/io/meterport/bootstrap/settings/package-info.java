/** The configuration: read once, checked whole, and from then on a tree of values. */
package io.meterport.bootstrap.settings;
