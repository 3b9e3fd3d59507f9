/** Whose usage it is: subjects, and the namespaces that keep customers of ours apart. */
package io.meterport.domain.subject;
