/** Classes compiled from changed sources, to be run instead of the product's own. */
package io.meterport.bootstrap.overlay;
