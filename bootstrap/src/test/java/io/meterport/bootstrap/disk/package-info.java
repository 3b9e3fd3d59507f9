/** What the server does on file systems that are full, read-only or closed to it: real ones. */
package io.meterport.bootstrap.disk;
