/** The usage page for frames and what it loads, as the web package's build left them. */
package io.meterport.adapters.http.hosted;
