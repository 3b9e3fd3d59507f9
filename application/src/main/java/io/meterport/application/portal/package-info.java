/** Portal tokens, and what their holders may ask. */
package io.meterport.application.portal;
