/** Registered subjects. */
package io.meterport.application.subject;
