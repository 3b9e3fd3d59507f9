/** The wire API: routes, parsing, problems, CSV. */
package io.meterport.adapters.http;
