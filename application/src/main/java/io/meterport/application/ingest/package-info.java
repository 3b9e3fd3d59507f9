/** Events in, and the list of what came in. */
package io.meterport.application.ingest;
