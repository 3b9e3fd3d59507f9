/** Text to JSON values and back; the only module that knows a JSON library. */
package io.meterport.adapters.json;
