/** Settings in, server out: the composition root and the command line. */
package io.meterport.bootstrap;
