/** The use cases of Meterport and the ports that they need. */
package io.meterport.application;
