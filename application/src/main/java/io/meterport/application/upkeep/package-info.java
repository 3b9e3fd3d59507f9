/** Care for the store as a whole. */
package io.meterport.application.upkeep;
