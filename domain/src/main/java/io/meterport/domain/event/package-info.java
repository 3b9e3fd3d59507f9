/** What happened: usage events, after CloudEvents 1.0. */
package io.meterport.domain.event;
