/**
 * What a power cut leaves: everything that a server does to its files is recorded, and the disk is
 * built as it may look after each step, to be opened and held against what was acknowledged.
 */
package io.meterport.bootstrap.powerfail;
