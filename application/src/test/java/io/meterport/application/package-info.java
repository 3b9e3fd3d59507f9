/** What tests of several use cases share. */
package io.meterport.application;
