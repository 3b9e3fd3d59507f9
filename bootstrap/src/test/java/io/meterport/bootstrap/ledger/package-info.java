/**
 * A ledger of what clients sent, what the server acknowledged and what failed, kept outside of the
 * server, and an audit that holds the server's answers against it.
 */
package io.meterport.bootstrap.ledger;
