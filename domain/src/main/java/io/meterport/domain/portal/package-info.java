/** Who may look: portal tokens, what they may read, and how they are revoked. */
package io.meterport.domain.portal;
