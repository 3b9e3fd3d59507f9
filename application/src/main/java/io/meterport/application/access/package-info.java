/** Who may call: API keys and their scopes. */
package io.meterport.application.access;
