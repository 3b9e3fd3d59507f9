/** From sockets to requests and back: the web server with what it does not do by itself. */
package io.meterport.adapters.http.wire;
