/** Commands that are clients of a running server: what they know, they know through HTTP. */
package io.meterport.bootstrap.client;
