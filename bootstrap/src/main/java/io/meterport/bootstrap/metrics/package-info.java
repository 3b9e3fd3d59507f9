/** What the server counts and times, for Prometheus: decorators of ports, so that no use case knows. */
package io.meterport.bootstrap.metrics;
