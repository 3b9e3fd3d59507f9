/** How fast it is: load from outside, over real HTTP, against a server process of its own. */
package io.meterport.bootstrap.bench;
