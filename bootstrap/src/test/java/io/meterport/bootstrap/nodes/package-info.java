/** Several server processes over one PostgreSQL, with Redis between them, and what can go wrong. */
package io.meterport.bootstrap.nodes;
