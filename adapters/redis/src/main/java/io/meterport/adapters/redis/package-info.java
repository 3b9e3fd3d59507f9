/** Hints between nodes through Redis; nothing rests on them. */
package io.meterport.adapters.redis;
