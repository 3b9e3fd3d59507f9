/** How log lines look: one record is one line, whatever it holds. */
package io.meterport.bootstrap.logs;
