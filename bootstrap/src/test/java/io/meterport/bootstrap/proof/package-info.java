/**
 * Proofs of what the server promises when things go wrong. Each has a size for every build and a
 * large one in a profile; docs/reliability.md has the results.
 */
package io.meterport.bootstrap.proof;
